//! What a person fills in for ClickSend and does on its site. Text and data only.

use crate::exchange::{Limits, PartSizes};
use crate::form::{Abilities, Description, Field, FieldKind, IdentityKind, Medium, Signing};

pub(super) const USERNAME: &str = "username";
pub(super) const API_KEY: &str = "api_key";
pub(super) const USER_ID: &str = "user_id";
pub(super) const BASE_URL: &str = "https://rest.clicksend.com";

pub(super) const LIMITS: Limits = Limits {
    text_chars: 1_224,
    files: 1,
    file_bytes: 250_000,
    total_bytes: 250_000,
    parts: PartSizes { most: Some(8), ..PartSizes::STANDARD },
    text_with_files: true,
    may_start: true,
    idempotent: false,
    receipts: true,
};

pub(super) fn description() -> Description {
    Description {
        id: "clicksend",
        label: "ClickSend",
        tagline: "SMS and MMS",
        medium: Medium::Sms,
        fields: fields(),
        steps: vec![
            "Sign in to the ClickSend dashboard and open **Developers › API Credentials**: \
             **Username** and **API Key** are there.",
            "Buy a number of your own under **SMS › Dedicated Numbers**. Customers cannot reply \
             to a name, and a shared number is not yours.",
            "Under **SMS › Settings › Inbound SMS Settings** add a rule for all numbers with the \
             action **URL** and this address: {webhook_url}",
            "Under **SMS › Settings › Delivery Reports** add a rule with the action **URL** and the \
             same address: {webhook_url}",
        ],
        notes: vec![
            "“Set it for me” makes both rules for you. They serve all numbers of the account.",
            "ClickSend does not sign what it sends: whoever knows the webhook address can write to \
             you. Keep it to yourself; with a User ID here, messages of other accounts are refused.",
            "A message holds one picture of up to 250 kB: JPG or GIF.",
            "New accounts: ClickSend may hold texts with links back until it has looked at them.",
            "ClickSend refuses the same text to the same number within a minute; it goes out \
             after that.",
            "For numbers in the United States, register brand and campaign (10DLC) first; until \
             then carriers block your messages.",
        ],
        unconfirmed: vec![
            "How an inbound picture is told: we read each name of the member that seems likely.",
            "The words for some refusals (country, sender, opt-out, repeats).",
            "The address of the rule for delivery reports, which only ClickSend's own library \
             names.",
            "Whether ClickSend repeats a webhook that was not answered, and whether it answers \
             STOP by itself.",
            "How soon a message is in ClickSend's history: one that is not found there stays \
             uncertain.",
            "The longest text: 8 parts, as its help pages say.",
            "Which countries take MMS: Australia, the United States and Canada, as far as known.",
        ],
        portal: "https://dashboard.clicksend.com",
        abilities: Abilities { numbers: true, webhook: true, calls: false },
        signing: Signing::Never,
        networks: Vec::new(),
        answers_keywords: false,
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
            name: USERNAME,
            label: "Username",
            hint: "Under Developers, API Credentials. Often your mail address.",
            kind: FieldKind::Text,
            required: true,
            pattern: "",
            placeholder: "",
        },
        Field {
            name: API_KEY,
            label: "API Key",
            hint: "Next to the Username. It goes along with every message you send.",
            kind: FieldKind::Secret,
            required: true,
            pattern: "^[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}$",
            placeholder: "",
        },
        Field {
            name: USER_ID,
            label: "User ID",
            hint: "Only to refuse webhooks of other accounts: the number that ClickSend shows for \
                   your account.",
            kind: FieldKind::Text,
            required: false,
            pattern: "",
            placeholder: "",
        },
    ]
}
