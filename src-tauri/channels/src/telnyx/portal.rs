//! Telnyx as the settings pane shows it: fields, steps on Telnyx's site, limits.

use crate::exchange::{Limits, PartSizes};
use crate::form::{Abilities, Description, Field, FieldKind, IdentityKind, Medium, Signing};

pub(super) const API_KEY: &str = "api_key";
pub(super) const PUBLIC_KEY: &str = "public_key";
pub(super) const MESSAGING_PROFILE_ID: &str = "messaging_profile_id";
pub(super) const BASE_URL: &str = "https://api.telnyx.com/v2";

pub(super) const LIMITS: Limits = Limits {
    // Ten parts, which Telnyx does not go beyond.
    text_chars: 1530,
    files: 10,
    file_bytes: 1_000_000,
    total_bytes: 1_000_000,
    parts: PartSizes { most: Some(10), ..PartSizes::STANDARD },
    text_with_files: true,
    may_start: true,
    idempotent: false,
    receipts: true,
};

pub(super) fn description() -> Description {
    Description {
        id: "telnyx",
        label: "Telnyx",
        tagline: "SMS and MMS",
        medium: Medium::Sms,
        fields: fields(),
        steps: vec![
            "Sign in to the Telnyx portal and buy a number under **Numbers › Buy Numbers**, with \
             SMS (and MMS, if you want pictures).",
            "Under **Messaging › Programmable Messaging** add a **messaging profile**. Enter this \
             address as its **webhook URL** and choose **API v2** as its webhook version: \
             {webhook_url}",
            "Under **Numbers › My Numbers** choose that **messaging profile** for your number.",
            "Under **Account › Keys & Credentials › API Keys** create an **API Key** and copy it at \
             once: Telnyx shows it only this one time.",
            "Under **Account › Keys & Credentials › Public Key** copy the **Public Key**.",
            "To write to other countries, allow them in the messaging profile, under **Outbound › \
             Allowed destinations**.",
        ],
        notes: vec![
            "For numbers in the United States, register brand and campaign (10DLC) with Telnyx \
             first; a toll-free number must be verified. Until then carriers block your messages, \
             and Telnyx tells so only after it has taken them.",
            "The clock of this computer must be right to within five minutes: Telnyx signs the \
             time, and older messages are refused as copies.",
            "A text goes out in ten parts at most: 1530 characters, or 670 with emoji or letters \
             beyond the plain ones.",
            "Pictures travel between numbers of the United States and Canada only, 1 MB in all; \
             up to 600 kB is safe with every carrier.",
            "A sender name needs the Messaging Profile ID, has to be entered in that profile, and \
             cannot be answered. It does not work to the United States, Canada and Puerto Rico.",
            "Numbers of one messaging profile share one webhook address. Give each channel its own \
             profile, or keep all numbers of a profile in one channel.",
            "Telnyx answers STOP, START and HELP by itself; you still see those messages here.",
        ],
        unconfirmed: vec![
            "Whether a send that is repeated with the same Idempotency-Key is taken only once: we \
             send the key and do not rely on it.",
            "Whether x-ratelimit-reset tells seconds or a time: both are understood.",
            "Whether receipts give the whole webhook address of the message back, with our id at \
             its end: if they do, a send whose answer was lost settles itself.",
        ],
        portal: "https://portal.telnyx.com",
        abilities: Abilities { numbers: true, webhook: true, calls: false },
        signing: Signing::Always,
        networks: vec!["192.76.120.192/27"],
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
            hint: "Under Keys & Credentials › API Keys. It begins with KEY and is shown only once.",
            kind: FieldKind::Secret,
            required: true,
            pattern: "^KEY[0-9A-Za-z_-]{20,}$",
            placeholder: "",
        },
        Field {
            name: PUBLIC_KEY,
            label: "Public Key",
            hint: "Under Keys & Credentials › Public Key. It proves that incoming messages come \
                   from Telnyx; nothing can be sent with it.",
            kind: FieldKind::Text,
            required: true,
            pattern: "^[0-9A-Za-z+/]{43}=$",
            placeholder: "44 characters, the last one is =",
        },
        Field {
            name: MESSAGING_PROFILE_ID,
            label: "Messaging Profile ID",
            hint: "Only for a sender name, or to set the webhook before a number is assigned. It \
                   is in the profile's settings.",
            kind: FieldKind::Text,
            required: false,
            pattern: "",
            placeholder: "00000000-0000-0000-0000-000000000000",
        },
    ]
}
