//! Files of contacts: what is in them, what would come of them, what came of them.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{ContactFieldId, ContactId, ContactImportId, Time, UserId, words};

words! {
    /// How a file of contacts is written.
    ContactFileKind {
        /// A table: CSV.
        Csv = "csv",
        /// Cards: vCard.
        Vcard = "vcard",
    }
}

words! {
    /// What a column of a table is.
    ImportTarget {
        /// It is left out.
        Skip = "skip",
        /// Name.
        Name = "name",
        /// First name: a part of the name.
        FirstName = "first_name",
        /// Middle name: a part of the name.
        MiddleName = "middle_name",
        /// Last name: a part of the name.
        LastName = "last_name",
        /// Company.
        Company = "company",
        /// E-mail address.
        Email = "email",
        /// Telephone number.
        Number = "number",
        /// What the number in the next column of numbers is.
        NumberRemark = "number_remark",
        /// Labels, with semicolons or commas between them.
        Labels = "labels",
        /// Language.
        Language = "language",
        /// Time zone.
        TimeZone = "time_zone",
        /// What the team should know.
        Remarks = "remarks",
        /// A custom field.
        Field = "field",
        /// A custom field that is to be made; for administrators.
        NewField = "new_field",
    }
}

/// What becomes of a column.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ColumnUse {
    /// What it is.
    pub to: ImportTarget,
    /// Of a number: which it is, such as mobile.
    #[serde(default)]
    #[schema(max_length = 40)]
    pub remark: String,
    /// Of a custom field: which.
    #[serde(default)]
    pub field_id: Option<ContactFieldId>,
    /// Of a field that is to be made: its name.
    #[serde(default)]
    #[schema(max_length = 60)]
    pub name: String,
}

impl ColumnUse {
    /// A column of this kind, and nothing else to say.
    pub fn plain(to: ImportTarget) -> Self {
        Self { to, remark: String::new(), field_id: None, name: String::new() }
    }
}

/// A column of a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ImportColumn {
    /// Its heading; empty when there is none.
    pub name: String,
    /// What it was recognised as.
    pub usage: ColumnUse,
}

/// A file of contacts that was read and not brought in yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ImportDraft {
    /// Id.
    pub id: ContactImportId,
    /// What the file is called.
    pub file_name: String,
    /// How it is written.
    pub kind: ContactFileKind,
    /// Its encoding.
    pub encoding: String,
    /// Of a table: what stands between two cells.
    pub delimiter: Option<String>,
    /// Rows or cards, without the headings.
    pub rows: u32,
    /// Of a table: its columns.
    pub columns: Vec<ImportColumn>,
    /// Of a table: its first rows.
    pub preview: Vec<Vec<String>>,
    /// Of cards: pictures, which are left out.
    pub photos: u32,
    /// Of cards: what else is left out, in the words of the format.
    pub left_out: Vec<String>,
}

words! {
    /// What happens to contacts that are known already.
    ImportKnown {
        /// What is empty is filled.
        Fill = "fill",
        /// What the file says counts; what it leaves empty stays.
        Overwrite = "overwrite",
        /// They are left alone.
        Leave = "leave",
    }
}

/// How a file is to be brought in.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ImportWish {
    /// Of a table: what becomes of each column, all of them in order.
    #[serde(default)]
    #[schema(max_items = 200)]
    pub columns: Vec<ColumnUse>,
    /// What happens to contacts that are known already.
    pub known: ImportKnown,
    /// A label for everybody who is added or changed; empty: none.
    #[serde(default)]
    #[schema(max_length = 40)]
    pub label: String,
    /// Words for the numbers of cards: mobile, work and home.
    #[serde(default)]
    pub words: NumberWords,
}

/// What numbers of cards are called on this desk.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct NumberWords {
    /// Mobile.
    #[schema(max_length = 40)]
    pub mobile: String,
    /// Work.
    #[schema(max_length = 40)]
    pub work: String,
    /// Home.
    #[schema(max_length = 40)]
    pub home: String,
}

impl Default for NumberWords {
    fn default() -> Self {
        Self { mobile: "Mobile".to_owned(), work: "Work".to_owned(), home: "Home".to_owned() }
    }
}

words! {
    /// What is wrong with a row, or with a part of it.
    ImportIssueKind {
        /// Neither a name nor a number.
        Nothing = "nothing",
        /// This is no telephone number.
        BadNumber = "bad_number",
        /// A spreadsheet has shortened the number.
        ShortenedNumber = "shortened_number",
        /// Its numbers belong to two contacts.
        TwoContacts = "two_contacts",
        /// Another row is of the same contact.
        Duplicate = "duplicate",
        /// It is too long.
        TooLong = "too_long",
        /// This is no e-mail address.
        BadEmail = "bad_email",
        /// This is no language.
        BadLanguage = "bad_language",
        /// There is no such time zone.
        BadTimeZone = "bad_time_zone",
        /// It does not fit into its custom field.
        BadValue = "bad_value",
        /// More labels, numbers than a contact has.
        TooMany = "too_many",
        /// The contact is blocked and gets no further number by an import.
        Blocked = "blocked",
    }
}

/// Something in a file that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ImportIssue {
    /// The line of the file where the row begins.
    pub line: u32,
    /// Whether the rest of the row is used.
    pub used: bool,
    /// What is wrong.
    pub kind: ImportIssueKind,
    /// What it is about: the text, the name of a field, or names of contacts.
    pub what: String,
    /// The line of the other row, where there is one.
    pub other: Option<u32>,
}

/// A row of which something cannot be used, with all that stands in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ImportProblemRow {
    /// What is wrong.
    pub issue: ImportIssue,
    /// Its cells; of a card: name and numbers.
    pub cells: Vec<String>,
}

/// The rows of which something cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ImportProblems {
    /// Headings of the cells.
    pub columns: Vec<String>,
    /// The rows, in the order of the file.
    pub rows: Vec<ImportProblemRow>,
}

/// What would change of a fact.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct FactChange {
    /// Which fact.
    pub what: ImportTarget,
    /// Of a custom field: its name.
    pub name: String,
    /// What it is.
    pub before: String,
    /// What it becomes.
    pub after: String,
}

/// What would change of a contact that is known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ImportChange {
    /// The line of the file.
    pub line: u32,
    /// The contact.
    pub contact_id: ContactId,
    /// Their name; empty: a number stands for it.
    pub name: String,
    /// What changes.
    pub facts: Vec<FactChange>,
}

/// What would come of a file. Nothing is changed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ImportPlan {
    /// Rows or cards.
    pub rows: u32,
    /// New contacts.
    pub added: u32,
    /// Known contacts of which something changes.
    pub changed: u32,
    /// Known contacts that stay as they are.
    pub unchanged: u32,
    /// Rows that are of the same contact as another one.
    pub duplicates: u32,
    /// Rows that cannot be used, besides duplicates.
    pub unusable: u32,
    /// Labels that would be made.
    pub new_labels: Vec<String>,
    /// What would change, of the first contacts.
    pub changes: Vec<ImportChange>,
    /// The first of what cannot be used.
    pub issues: Vec<ImportIssue>,
    /// How much cannot be used in all.
    pub issue_count: u32,
}

words! {
    /// How far an import is.
    ImportState {
        /// It goes on.
        Running = "running",
        /// It is done.
        Done = "done",
        /// The desk stopped before it was done: bring in the same file again.
        Interrupted = "interrupted",
        /// It is being taken back.
        Undoing = "undoing",
        /// It was taken back.
        Undone = "undone",
    }
}

/// An import of contacts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ContactImport {
    /// Id.
    pub id: ContactImportId,
    /// Who did it.
    pub by_id: UserId,
    /// Their name at that time.
    pub by_name: String,
    /// What the file was called.
    pub file_name: String,
    /// How far it is.
    pub state: ImportState,
    /// When it began.
    pub started_at: Time,
    /// When it ended.
    pub ended_at: Option<Time>,
    /// Rows or cards.
    pub total: u32,
    /// How many of them are done.
    pub done: u32,
    /// Contacts that were added.
    pub added: u32,
    /// Known contacts of which something changed.
    pub changed: u32,
    /// Known contacts that stayed as they were.
    pub unchanged: u32,
    /// Rows that could not be used.
    pub skipped: u32,
    /// When it was taken back: contacts that were deleted again.
    pub removed: u32,
    /// When it was taken back: contacts that are what they were before.
    pub restored: u32,
    /// When it was taken back: contacts that stayed, because somebody wrote with them or changed them.
    pub kept: u32,
    /// Until when it can be taken back; `null`: not any more.
    pub undo_until: Option<Time>,
}
