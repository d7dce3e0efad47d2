//! The nouns of the product, as they are stored, spoken on the wire and shown.
//! Knows nothing of how any of that happens.

mod alert;
mod call;
mod channel;
mod chat;
mod chat_call;
mod contact;
mod contact_field;
mod contact_import;
mod delivery;
mod draft;
mod file;
mod filter;
mod hours;
mod ids;
mod invite;
mod joined;
mod label;
mod mention;
mod merge;
mod message;
mod needle;
mod opt_out;
mod queue;
mod quick_reply;
mod search;
mod session;
mod settings;
mod user;
mod view;

pub use alert::*;
pub use call::*;
pub use channel::*;
pub use chat::*;
pub use chat_call::*;
pub use contact::*;
pub use contact_field::*;
pub use contact_import::*;
pub use delivery::*;
pub use draft::*;
pub use file::*;
pub use filter::*;
pub use hours::*;
pub use ids::*;
pub use invite::*;
pub use joined::*;
pub use label::*;
pub use mention::*;
pub use merge::*;
pub use message::*;
pub use needle::*;
pub use opt_out::*;
pub use queue::*;
pub use quick_reply::*;
pub use search::*;
pub use session::*;
pub use settings::*;
pub use user::*;
pub use view::*;

/// Milliseconds since 1970-01-01 UTC.
pub type Time = i64;

/// Declares an enum whose variants have one name each in SQL, on the wire and in Rust.
macro_rules! words {
    ($(#[$meta:meta])* $name:ident { $($(#[$vmeta:meta])* $variant:ident = $word:tt),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize, utoipa::ToSchema)]
        pub enum $name { $($(#[$vmeta])* #[serde(rename = $word)] $variant),+ }

        impl $name {
            /// The name in SQL and on the wire.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }
        }

        impl std::str::FromStr for $name {
            type Err = crate::Error;
            fn from_str(word: &str) -> Result<Self, Self::Err> {
                match word { $($word => Ok(Self::$variant),)+ _ => Err(crate::Error::unreadable(word)) }
            }
        }

        impl rusqlite::ToSql for $name {
            fn to_sql(&self) -> rusqlite::Result<rusqlite::types::ToSqlOutput<'_>> {
                Ok(self.as_str().into())
            }
        }

        impl rusqlite::types::FromSql for $name {
            fn column_result(value: rusqlite::types::ValueRef<'_>) -> rusqlite::types::FromSqlResult<Self> {
                value.as_str()?.parse().map_err(|_| rusqlite::types::FromSqlError::InvalidType)
            }
        }
    };
}
pub(crate) use words;
