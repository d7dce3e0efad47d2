//! Twilio as the settings pane shows it: fields, steps on Twilio's site, limits.

use crate::exchange::{Limits, PartSizes};
use crate::form::{Abilities, Description, Field, FieldKind, IdentityKind, Medium, Signing};

pub(super) const ACCOUNT_SID: &str = "account_sid";
pub(super) const AUTH_TOKEN: &str = "auth_token";
pub(super) const MESSAGING_SERVICE_SID: &str = "messaging_service_sid";
pub(super) const SHARED_KEY: &str = "shared_key";
pub(super) const BASE_URL: &str = "https://api.twilio.com";

pub(super) const LIMITS: Limits = Limits {
    text_chars: 1600,
    files: 10,
    file_bytes: 5_000_000,
    total_bytes: 5_000_000,
    parts: PartSizes::STANDARD,
    text_with_files: true,
    may_start: true,
    idempotent: false,
    receipts: true,
};

pub(super) fn description() -> Description {
    Description {
        id: "twilio",
        label: "Twilio",
        tagline: "SMS and MMS",
        medium: Medium::Sms,
        fields: fields(),
        steps: vec![
            "Sign in to the Twilio Console. **Account SID** and **Auth Token** are on its first \
             page, under Account Info.",
            "Buy a number under **Phone Numbers › Buy a number**, with SMS (and MMS, if you want \
             pictures).",
            "Open the number, go to **Messaging Configuration**, and under **A message comes in** \
             choose Webhook and HTTP POST with this address: {webhook_url}",
            "To write to other countries, allow them under **Messaging › Settings › Geo \
             permissions**. If yours is a subaccount, do it in the parent account.",
        ],
        notes: vec![
            "For numbers in the United States, register brand and campaign (10DLC) with Twilio \
             first; a toll-free number must be verified. Until then carriers block your messages.",
            "A trial account reaches only numbers that you have verified with Twilio, and adds a \
             line of its own to every message.",
            "After you change the Auth Token at Twilio, enter the new one here at once: until then \
             incoming messages are refused.",
            "Pictures travel between numbers of the United States and Canada only. Carriers take \
             up to about 600 kB.",
            "Twilio answers STOP, START and HELP by itself; you still see those messages here.",
            "A sender name has at most 11 letters, digits and spaces. It cannot be answered, carries \
             no pictures, and does not work to the United States and Canada, nor from a trial \
             account.",
            "Calls through Twilio need a number with **Voice**, and the country under **Voice › \
             Settings › Geo permissions**. Both calls, to you and to the customer, are charged.",
            "With a Messaging Service, its own settings decide where messages of its numbers go: \
             choose “Defer to sender's webhook” there.",
        ],
        unconfirmed: vec![
            "Which code Twilio answers with when a number that carries messages only is asked to \
             call: a code that we do not know is shown in Twilio's own words.",
        ],
        portal: "https://console.twilio.com",
        abilities: Abilities { numbers: true, webhook: true, calls: true },
        signing: Signing::Always,
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
            name: ACCOUNT_SID,
            label: "Account SID",
            hint: "On the first page of the Twilio Console. It begins with AC.",
            kind: FieldKind::Text,
            required: true,
            pattern: "^AC[0-9a-fA-F]{32}$",
            placeholder: "AC…",
        },
        Field {
            name: AUTH_TOKEN,
            label: "Auth Token",
            hint: "Next to the Account SID, behind Show. An API key cannot stand in for it: the \
                   token also proves that incoming messages come from Twilio.",
            kind: FieldKind::Secret,
            required: true,
            pattern: "^[0-9a-fA-F]{32}$",
            placeholder: "",
        },
        Field {
            name: MESSAGING_SERVICE_SID,
            label: "Messaging Service SID",
            hint: "Only if a Messaging Service is to choose the sender. It begins with MG.",
            kind: FieldKind::Text,
            required: false,
            pattern: "^MG[0-9a-fA-F]{32}$",
            placeholder: "MG…",
        },
        Field {
            name: SHARED_KEY,
            label: "Webhook SharedKey Secret",
            hint: "Only if you have switched on SHA-256 signatures for webhooks at Twilio.",
            kind: FieldKind::Secret,
            required: false,
            pattern: "",
            placeholder: "",
        },
    ]
}
