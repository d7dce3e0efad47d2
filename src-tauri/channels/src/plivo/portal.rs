//! What a person fills in for Plivo and does on its site. Text and data only.

use crate::exchange::{Limits, PartSizes};
use crate::form::{Abilities, Description, Field, FieldKind, IdentityKind, Medium, Signing};

pub(super) const AUTH_ID: &str = "auth_id";
pub(super) const AUTH_TOKEN: &str = "auth_token";
pub(super) const MAIN_AUTH_TOKEN: &str = "main_auth_token";
pub(super) const BASE_URL: &str = "https://api.plivo.com";

pub(super) const LIMITS: Limits = Limits {
    text_chars: 1_600,
    files: 10,
    file_bytes: 2_000_000,
    total_bytes: 5_000_000,
    parts: PartSizes::STANDARD,
    text_with_files: true,
    may_start: true,
    idempotent: false,
    receipts: true,
};

pub(super) fn description() -> Description {
    Description {
        id: "plivo",
        label: "Plivo",
        tagline: "SMS and MMS",
        medium: Medium::Sms,
        fields: fields(),
        steps: vec![
            "Sign in to the Plivo console. **Auth ID** and **Auth Token** are on its first page.",
            "Rent a number under **Phone Numbers › Buy Numbers**, with SMS (and MMS, if you want \
             pictures).",
            "Under **Messaging › Applications › XML** make an application and enter this address \
             as its **Message URL**, with the method POST: {webhook_url}",
            "Open the number under **Phone Numbers › Your Numbers** and choose that application \
             for it.",
            "To write to other countries, allow them under **Messaging › Geo Permissions**.",
        ],
        notes: vec![
            "For numbers in the United States, register brand and campaign (10DLC) with Plivo \
             first; a toll-free number must be verified. Until then carriers block your messages.",
            "“Set it for me” changes the application that a number already has: its messages come \
             here, its calls go where they went.",
            "Pictures travel in the United States and Canada only: JPEG, PNG or GIF, up to 10 in a \
             message, 2 MB each and 5 MB in all.",
            "Plivo signs the address of a webhook, mostly not its content, and the desk does not \
             remember which signatures it has seen: whoever sees one webhook could send another. \
             Keep the address to yourself.",
            "After you change the Auth Token at Plivo, enter the new one here at once: until then \
             incoming messages are refused.",
            "Plivo answers STOP, START and HELP by itself; you still see those messages here.",
            "Of a long text, each part has a receipt of its own: Delivered says that at least one \
             of them arrived.",
        ],
        unconfirmed: vec![
            "How Plivo tells at once that it cannot use a number.",
            "The numbers of some error codes (80, 90, 100, 110, 200).",
            "Whether Plivo repeats a webhook that was not answered.",
            "The time zone of the times in receipts: they are read as UTC.",
        ],
        portal: "https://cx.plivo.com",
        abilities: Abilities { numbers: true, webhook: true, calls: false },
        signing: Signing::AddressOnly,
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
            name: AUTH_ID,
            label: "Auth ID",
            hint: "On the first page of the Plivo console. It begins with MA, of a subaccount \
                   with SA.",
            kind: FieldKind::Text,
            required: true,
            pattern: "^(MA|SA)[0-9A-Z]{18}$",
            placeholder: "MA…",
        },
        Field {
            name: AUTH_TOKEN,
            label: "Auth Token",
            hint: "Next to the Auth ID. It also proves that incoming messages come from Plivo.",
            kind: FieldKind::Secret,
            required: true,
            pattern: "",
            placeholder: "",
        },
        Field {
            name: MAIN_AUTH_TOKEN,
            label: "Main Account's Auth Token",
            hint: "Only if the Auth ID is a subaccount's and its webhooks are refused.",
            kind: FieldKind::Secret,
            required: false,
            pattern: "",
            placeholder: "",
        },
    ]
}
