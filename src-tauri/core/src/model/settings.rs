//! Settings of the desk as a whole.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::words;

words! {
    /// Where a tunnel or proxy tells whose requests it brings.
    ProxyHeader {
        /// Nowhere.
        None = "none",
        /// `X-Forwarded-For`, as most proxies do.
        XForwardedFor = "x_forwarded_for",
        /// `CF-Connecting-IP`, as Cloudflare does.
        CfConnectingIp = "cf_connecting_ip",
    }
}

words! {
    /// A language that the desk speaks to customers by itself: when it opens again, and the texts
    /// that a new channel begins with.
    CustomerLanguage {
        /// English.
        English = "en",
        /// German.
        German = "de",
        /// Spanish.
        Spanish = "es",
        /// French.
        French = "fr",
        /// Portuguese.
        Portuguese = "pt",
        /// Chinese.
        Chinese = "zh",
        /// Arabic.
        Arabic = "ar",
    }
}

/// Settings of the desk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Settings {
    /// Name of the business.
    pub business_name: String,
    /// Public address (`https://desk.example.com`), under which providers reach this desk.
    pub public_url: Option<String>,
    /// Two-letter country for numbers written without `+`.
    pub country: String,
    /// In which the desk tells customers when it opens again.
    pub customer_language: CustomerLanguage,
    /// Where a tunnel or proxy on this computer or in the local network tells who calls.
    pub proxy_header: ProxyHeader,
    /// Whether colleagues see the text of a draft, not only whose it is.
    pub drafts_visible: bool,
    /// Where the workspace listens (this computer, or its address in the local network).
    pub workspace_address: String,
    /// Whether colleagues in the office network may come in.
    pub lan: bool,
    /// Where they find it (`http://192.168.1.20:8788`); not encrypted.
    pub lan_address: Option<String>,
    /// Why it did not open, if it should be open.
    pub lan_problem: Option<String>,
    /// Where the public listener listens: what a tunnel or proxy has to reach.
    pub public_address: String,
    /// Folder that holds everything.
    pub data_dir: String,
}

/// Changes to the settings; what is left out stays as it is.
#[derive(Debug, Clone, Default, Deserialize, Serialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct SettingsChange {
    /// Name of the business, 1 to 80 characters.
    pub business_name: Option<String>,
    /// Public address; empty: none.
    pub public_url: Option<String>,
    /// Two-letter country.
    pub country: Option<String>,
    /// In which the desk tells customers when it opens again.
    pub customer_language: Option<CustomerLanguage>,
    /// Where a tunnel or proxy tells who calls.
    pub proxy_header: Option<ProxyHeader>,
    /// Whether colleagues see the text of a draft.
    pub drafts_visible: Option<bool>,
    /// Let colleagues in the office network in, or shut them out.
    pub lan: Option<bool>,
}

/// What anyone who can reach the workspace may know before signing in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Desk {
    /// Name of the business; empty before set-up.
    pub business_name: String,
    /// Whether there is no user yet and the caller may make the first one.
    pub needs_setup: bool,
    /// Version of the program.
    pub version: String,
    /// Why nothing can be changed (a database from a newer version), if so.
    pub read_only: Option<String>,
    /// What is wrong with the database, and the way to restore it, if so.
    pub damaged: Option<String>,
}

/// The first run.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Setup {
    /// Name of the business.
    #[schema(min_length = 1, max_length = 80)]
    pub business_name: String,
    /// The first administrator's shown name.
    #[schema(min_length = 1, max_length = 80)]
    pub name: String,
    /// Their sign-in name.
    #[schema(min_length = 1, max_length = 64)]
    pub login: String,
    /// Their password, at least 8 characters.
    #[schema(value_type = String, min_length = 8, max_length = 256)]
    pub password: secrecy::SecretString,
    /// Two-letter country for numbers without `+`.
    #[serde(default)]
    pub country: Option<String>,
    /// In which the desk tells customers when it opens again; English unless told.
    #[serde(default)]
    pub customer_language: Option<CustomerLanguage>,
    /// What the device calls itself.
    #[serde(default)]
    pub device_name: Option<String>,
    /// `true`: a desk full of example conversations to look around in.
    #[serde(default)]
    pub examples: bool,
}
