//! Ids: UUID version 7 as text, a type of its own for each noun.

/// Declares an id type.
macro_rules! id {
    ($($(#[$meta:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize, utoipa::ToSchema)]
        #[serde(transparent)]
        #[schema(value_type = String, format = Uuid)]
        pub struct $name(uuid::Uuid);

        impl $name {
            /// A new id; ids made later sort later.
            #[expect(clippy::new_without_default, reason = "a default id would hide that it is random")]
            pub fn new() -> Self { Self(uuid::Uuid::now_v7()) }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result { self.0.fmt(f) }
        }

        impl std::str::FromStr for $name {
            type Err = crate::Error;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                uuid::Uuid::try_parse(text).map(Self).map_err(|_| crate::Error::unreadable(text))
            }
        }

        impl rusqlite::ToSql for $name {
            fn to_sql(&self) -> rusqlite::Result<rusqlite::types::ToSqlOutput<'_>> {
                Ok(self.0.to_string().into())
            }
        }

        impl rusqlite::types::FromSql for $name {
            fn column_result(value: rusqlite::types::ValueRef<'_>) -> rusqlite::types::FromSqlResult<Self> {
                value.as_str()?.parse().map_err(|_| rusqlite::types::FromSqlError::InvalidType)
            }
        }
    )+};
}

id! {
    /// A user.
    UserId,
    /// A signed-in device of a user.
    DeviceId,
    /// A queue.
    QueueId,
    /// A channel.
    ChannelId,
    /// A number of a channel.
    NumberId,
    /// A contact.
    ContactId,
    /// One address of a contact.
    IdentityId,
    /// A custom field of contacts.
    ContactFieldId,
    /// A note about a contact.
    ContactNoteId,
    /// Two contacts that became one.
    ContactMergeId,
    /// An import of contacts.
    ContactImportId,
    /// A session.
    SessionId,
    /// A message, note or timeline event.
    MessageId,
    /// A file.
    FileId,
    /// A quick reply.
    QuickReplyId,
    /// A webhook delivery.
    DeliveryId,
    /// A holiday.
    HolidayId,
    /// A call.
    CallId,
    /// A call in a live chat.
    ChatCallId,
    /// A search that a user keeps.
    SavedSearchId,
    /// An invitation.
    InviteId,
    /// A label.
    LabelId,
    /// A saved view.
    ViewId,
}
