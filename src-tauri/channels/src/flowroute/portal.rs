//! Flowroute as the settings pane shows it: fields, steps on Flowroute's site, limits.

use super::{ACCESS_KEY, Brand, Flag, Reach, SECRET_KEY};
use crate::exchange::{Limits, PartSizes};
use crate::form::{Abilities, Description, Field, FieldKind, IdentityKind, Medium, Signing};
use crate::number;

const BASE_URL: &str = "https://api.flowroute.com";

/// Flowroute, version 2.1 of its API.
pub static FLOWROUTE: Brand = Brand {
    name: "Flowroute",
    base_url: BASE_URL,
    messages: "/v2.1/messages",
    number: number::digits,
    has_files: Flag::Boolean,
    reach: Reach::Whole,
    limits: LIMITS,
    describe: description,
};

/// What is said of one file, 767 840 bytes, is what is said of all: 750 kB.
const LIMITS: Limits = Limits {
    text_chars: 1600,
    files: 10,
    file_bytes: 767_840,
    total_bytes: 767_840,
    parts: PartSizes { gsm7: 160, gsm7_part: 140, ucs2: 70, ucs2_part: 70, most: None },
    text_with_files: true,
    may_start: true,
    idempotent: false,
    receipts: true,
};

fn description() -> Description {
    Description {
        id: "flowroute",
        label: "Flowroute",
        tagline: "SMS and MMS",
        medium: Medium::Sms,
        fields: fields("In Flowroute Manage, under Preferences › API Control."),
        steps: vec![
            "Sign in to Flowroute Manage. Under **Preferences › API Control**, choose **v2.1** for \
             **SMS Webhook Version**.",
            "Under **DIDs**, open your number and **enable messaging** for it.",
            "Under **Preferences › API Control**, make an **API key**. Note **Access Key** and \
             **Secret Key** at once: the secret is shown only that one time.",
            "Give Flowroute this address for incoming SMS and for incoming MMS, either for **all \
             numbers of the account** (API Control) or for **the number alone**: {webhook_url}",
        ],
        notes: vec![
            "For numbers in the United States, register brand and campaign (10DLC) with Flowroute \
             first; carriers block messages from numbers that are not registered.",
            "Flowroute takes about 5 text messages and 1 message with files a second. Raise the \
             rate of this channel if you send texts only.",
            "Flowroute tries five times within two minutes to bring a message. If the desk cannot \
             be reached for longer than that, the message is lost to it.",
            "Files of one message may have 750 kB together. Pictures travel between numbers of \
             the United States and Canada only.",
            "Curly quotation marks go out as straight ones, for Flowroute stumbles over curly ones. \
             The desk counts a text's parts as it was typed, so it may count more than are sent.",
            "Flowroute takes no names as sender, only its own numbers.",
            "Flowroute signs nothing: the webhook address is the proof. Keep it to yourself.",
        ],
        unconfirmed: vec![
            "How Flowroute words a refused number, an opt-out and a carrier's block: the desk tells \
             them by words such as “number”, “has opted out” and “blocked”, and takes the rest for \
             Invalid Parameter. Flowroute's own words always stand beside it.",
            "The complete list of words in receipts: an unknown one changes nothing.",
            "How soon a message shows in the list of messages: one that is not listed stays \
             uncertain.",
            "Whether Flowroute still sends from the two addresses that it published in 2019.",
            "How many files one message may have, and how long a text may be; we stop at 10 files \
             and 1600 characters.",
        ],
        portal: "https://manage.flowroute.com",
        abilities: Abilities { numbers: true, webhook: true, calls: false },
        signing: Signing::Never,
        networks: vec!["52.88.246.140/32", "52.10.220.50/32"],
        answers_keywords: false,
        sender_ids: false,
        default_rate: 1.0,
        base_url: BASE_URL,
        limits: LIMITS,
        identity: IdentityKind::Phone,
    }
}

/// The keys of a brand; `place` says where they are made.
pub(crate) fn fields(place: &'static str) -> Vec<Field> {
    vec![
        Field {
            name: ACCESS_KEY,
            label: "Access Key",
            hint: place,
            kind: FieldKind::Text,
            required: true,
            pattern: "",
            placeholder: "",
        },
        Field {
            name: SECRET_KEY,
            label: "Secret Key",
            hint: "Shown only once, when the key is made. If it is lost, make a new key.",
            kind: FieldKind::Secret,
            required: true,
            pattern: "",
            placeholder: "",
        },
    ]
}
