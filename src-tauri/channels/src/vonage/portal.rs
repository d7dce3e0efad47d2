//! What a person fills in for Vonage and does on its site. Text and data only.

use crate::exchange::{Limits, PartSizes};
use crate::form::{Abilities, Description, Field, FieldKind, IdentityKind, Medium, Signing};

pub(super) const API_KEY: &str = "api_key";
pub(super) const API_SECRET: &str = "api_secret";
pub(super) const SIGNATURE_SECRET: &str = "signature_secret";
pub(super) const BASE_URL: &str = "https://api.nexmo.com";

pub(super) const LIMITS: Limits = Limits {
    text_chars: 1_000,
    files: 1,
    // UNCONFIRMED: what carriers take of an MMS as a rule.
    file_bytes: 1_000_000,
    total_bytes: 1_000_000,
    parts: PartSizes::STANDARD,
    text_with_files: true,
    may_start: true,
    idempotent: false,
    receipts: true,
};

pub(super) fn description() -> Description {
    Description {
        id: "vonage",
        label: "Vonage",
        tagline: "SMS and MMS, formerly Nexmo",
        medium: Medium::Sms,
        fields: fields(),
        steps: vec![
            "Sign in to the Vonage dashboard. **API Key** and **API Secret** are on its first page.",
            "Open **API settings**. Under **SMS settings** choose **Messages API**; enter this \
             address as **Inbound SMS webhook** and as **Delivery receipts webhook**, with \
             POST-JSON as the method: {webhook_url}",
            "On the same page, under **Signed webhooks**, copy the **Signature secret**. If you \
             stay with the SMS API there, choose **SHA-256 HMAC** as the signature method and ask \
             Vonage to sign what it sends.",
            "Rent a number with SMS (and MMS, if you want pictures) under **Numbers › Buy \
             numbers**.",
            "If the number belongs to an **Application** at Vonage, enter this address there too, \
             as Inbound URL and Status URL of Messages: {webhook_url}",
        ],
        notes: vec![
            "With a Signature Secret here, every webhook must be signed: an unsigned one gets an \
             error, and Vonage repeats it for a day. The MD5 methods are not accepted.",
            "Without a Signature Secret, everybody who knows the webhook address can write to \
             you. Keep it to yourself, or enter the secret.",
            "Set no user name and password for this webhook: Vonage's signature travels in their \
             place.",
            "For numbers in the United States, register brand and campaign (10DLC) first; until \
             then carriers block your messages.",
            "Pictures travel in the United States and Canada only, one in a message. Keep them \
             below 600 kB.",
            "Vonage takes a message first and tells by a receipt when the customer has sent STOP.",
            "A message in several parts may come in pieces; each shows at once, and they are \
             joined when all are here.",
        ],
        unconfirmed: vec![
            "The largest file that Vonage takes in an MMS.",
            "How a message with several files comes in: we read both ways of writing it that were \
             found.",
            "Whether Vonage signs a repeated webhook anew: a signature counts for 25 hours.",
            "The base address for the United States, `https://api-us.vonage.com`.",
        ],
        portal: "https://dashboard.nexmo.com",
        abilities: Abilities { numbers: true, webhook: false, calls: false },
        signing: Signing::WithSecret,
        networks: Vec::new(),
        answers_keywords: true,
        sender_ids: true,
        default_rate: 1.0,
        base_url: BASE_URL,
        limits: LIMITS,
        identity: IdentityKind::Phone,
    }
}

fn fields() -> Vec<Field> {
    vec![
        Field {
            name: API_KEY,
            label: "API Key",
            hint: "On the first page of the Vonage dashboard: 8 letters and digits.",
            kind: FieldKind::Text,
            required: true,
            pattern: "^[0-9a-f]{8}$",
            placeholder: "",
        },
        Field {
            name: API_SECRET,
            label: "API Secret",
            hint: "Next to the API Key. It goes along with every message you send.",
            kind: FieldKind::Secret,
            required: true,
            pattern: "",
            placeholder: "",
        },
        Field {
            name: SIGNATURE_SECRET,
            label: "Signature Secret",
            hint: "Under API settings, Signed webhooks. It proves that incoming messages come \
                   from Vonage, and is never sent.",
            kind: FieldKind::Secret,
            required: false,
            pattern: "",
            placeholder: "",
        },
    ]
}
