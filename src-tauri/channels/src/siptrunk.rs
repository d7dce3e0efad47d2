//! SIPTRUNK: SMS and MMS in Flowroute's dialect, at another address.
//!
//! Owns what differs from Flowroute. No document of SIPTRUNK's is public: this is what working
//! third-party code shows, and where that is silent, what Flowroute does.

use crate::exchange::{Limits, PartSizes};
use crate::flowroute::{Brand, Flag, Reach, fields};
use crate::form::{Abilities, Description, IdentityKind, Medium, Signing};

const BASE_URL: &str = "https://messaging.siptrunk.com";

/// SIPTRUNK.
pub static SIPTRUNK: Brand = Brand {
    name: "SIPTRUNK",
    base_url: BASE_URL,
    // Messages are posted to the address itself.
    messages: "",
    number: |number| number,
    has_files: Flag::Text,
    reach: Reach::Messages,
    limits: LIMITS,
    describe: description,
};

/// Limits of files are not published: a note warns, and SIPTRUNK decides.
const LIMITS: Limits = Limits {
    text_chars: 1600,
    files: 10,
    file_bytes: 100_000_000,
    total_bytes: 100_000_000,
    parts: PartSizes::STANDARD,
    text_with_files: true,
    may_start: true,
    idempotent: false,
    receipts: false,
};

fn description() -> Description {
    Description {
        id: "siptrunk",
        label: "SIPTRUNK",
        tagline: "SMS and MMS",
        medium: Medium::Sms,
        fields: fields("The SIPTRUNK portal shows it in the list of your API keys."),
        steps: vec![
            "Ask SIPTRUNK for a **number that can do SMS and MMS** and is registered for 10DLC, and \
             note it.",
            "Sign in to the SIPTRUNK portal and make a **webhook** with this address: {webhook_url}",
            "**Assign the webhook** to your number.",
            "Make an **API key** in the portal. Note **Access Key** and **Secret Key** before you \
             close the window: the secret is shown only that one time.",
        ],
        notes: vec![
            "For numbers in the United States, the number must be registered (10DLC); carriers \
             block messages from numbers that are not.",
            "SIPTRUNK publishes no limit for files. Keep all files of one message below 750 kB.",
            "SIPTRUNK sends no receipts that we know of: a message stays at Sent.",
            "Every few minutes the keys are tried with a message that has no recipient. SIPTRUNK \
             refuses it, sends nothing and charges nothing.",
            "SIPTRUNK signs nothing: the webhook address is the proof. Keep it to yourself.",
        ],
        unconfirmed: vec![
            "The answer to a send and the words of refusals: they are read as Flowroute writes them.",
            "That a message without a recipient is refused with 400 or 422 when the keys are right.",
            "Whether SIPTRUNK sends receipts: those that come in Flowroute's form are read.",
            "Whether a webhook that is not answered comes again.",
        ],
        portal: "",
        abilities: Abilities::default(),
        signing: Signing::Never,
        networks: Vec::new(),
        answers_keywords: false,
        sender_ids: false,
        default_rate: 1.0,
        base_url: BASE_URL,
        limits: LIMITS,
        identity: IdentityKind::Phone,
    }
}
