//! Bandwidth as the settings pane shows it: fields, steps in its dashboard, limits.

use crate::exchange::{Limits, PartSizes};
use crate::form::{Abilities, Description, Field, FieldKind, IdentityKind, Medium, Signing};

pub(super) const APPLICATION_ID: &str = "application_id";
pub(super) const ACCOUNT_ID: &str = "account_id";
pub(super) const USERNAME: &str = "username";
pub(super) const PASSWORD: &str = "password";
pub(super) const BASE_URL: &str = "https://messaging.bandwidth.com/api/v2";

pub(super) const LIMITS: Limits = Limits {
    text_chars: 2048,
    files: 10,
    file_bytes: 3_500_000,
    total_bytes: 3_500_000,
    parts: PartSizes::STANDARD,
    text_with_files: true,
    may_start: true,
    idempotent: false,
    receipts: true,
};

pub(super) fn description() -> Description {
    Description {
        id: "bandwidth",
        label: "Bandwidth",
        tagline: "SMS and MMS",
        medium: Medium::Sms,
        fields: fields(),
        steps: vec![
            "Sign in to the Bandwidth dashboard and make a **sub-account** with a **location**, if \
             you have none.",
            "Under **Account › Users** make a user for this desk, with the **messaging** role, and \
             switch on **Allow user credentials to authenticate API**. Its name and password are \
             **Username** and **Password** here.",
            "Buy a number under **Numbers**, and put it into the sub-account and its location.",
            "Under **Applications** create an application of the type **Messaging**. Enter this \
             address twice, as **Inbound callback URL** and as **Outbound callback URL**, and \
             switch on all kinds of outbound callbacks: {webhook_url}",
            "In the location, switch on **SMS** and **MMS** with **HTTP** as the protocol, and \
             choose the application that you made.",
            "Copy the **Application ID** from the application, and the **Account ID** from the top \
             of the dashboard.",
        ],
        notes: vec![
            "**Set it for me** changes the application through the dashboard's own API. If Bandwidth \
             does not let this user do that, enter the address by hand as described.",
            "The status light shows whether user, password and account fit. A wrong Application ID \
             shows only when a message fails.",
            "Bandwidth signs nothing: whoever knows the webhook address can write to you. Protect \
             it with a user and password for callbacks, the same in the application and here.",
            "For numbers in the United States, register brand and campaign (10DLC) with Bandwidth \
             first; a toll-free number must be verified. Until then carriers block your messages.",
            "Bandwidth takes nearly every message and tells afterwards what was wrong with it: wait \
             for Delivered before you rely on it.",
            "Without Bandwidth's receipts for MMS, Delivered means of a picture only that the \
             carrier has it.",
            "Up to 500 kB of pictures is safe with every carrier; a toll-free number takes 525 kB.",
            "Bandwidth keeps pictures for 48 hours and texts not at all: keep the desk running.",
        ],
        unconfirmed: vec![
            "Whether a name may stand in place of a number as the sender depends on country and \
             contract.",
            "Whether Bandwidth tells with a refused send how long to wait: we use it if it does.",
            "Which role lets a user change applications, and the names of the kinds of callbacks \
             when an application is changed (`RequestedCallbackTypes`).",
            "Which role lets a user list numbers: fetching them from here stays switched off until \
             somebody knows.",
        ],
        portal: "https://dashboard.bandwidth.com",
        abilities: Abilities { webhook: true, ..Abilities::default() },
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
            name: APPLICATION_ID,
            label: "Application ID",
            hint: "Of your messaging application, under Applications in the dashboard.",
            kind: FieldKind::Text,
            required: true,
            pattern: "^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$",
            placeholder: "00000000-0000-0000-0000-000000000000",
        },
        Field {
            name: ACCOUNT_ID,
            label: "Account ID",
            hint: "At the top of the dashboard. It is a number.",
            kind: FieldKind::Text,
            required: true,
            pattern: "^[0-9]{5,10}$",
            placeholder: "9900000",
        },
        Field {
            name: USERNAME,
            label: "Username",
            hint: "Of the user that you made for this desk. Capital and small letters differ.",
            kind: FieldKind::Text,
            required: true,
            pattern: "",
            placeholder: "",
        },
        Field {
            name: PASSWORD,
            label: "Password",
            hint: "Of the same user.",
            kind: FieldKind::Secret,
            required: true,
            pattern: "",
            placeholder: "",
        },
    ]
}
