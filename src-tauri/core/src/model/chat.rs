//! Live chat on a website: what an administrator chose for a site, in the shape in which it is
//! kept, asked for and shown.

use deskbell_channels::livechat::frames::Form;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{FileId, Time, words};

words! {
    /// What visitors may do.
    ChatMode {
        /// Write.
        Chat = "chat",
        /// Write and call.
        ChatAndCalls = "chat_and_calls",
    }
}

words! {
    /// What visitors may send.
    VisitorsMaySend {
        /// Text and emoji.
        Text = "text",
        /// Text, emoji and pictures.
        TextAndImages = "text_and_images",
    }
}

words! {
    /// How the chat is coloured.
    ChatTheme {
        /// Light.
        Light = "light",
        /// Dark.
        Dark = "dark",
        /// As the visitor's device is.
        Auto = "auto",
    }
}

words! {
    /// What opens the chat.
    ChatLauncher {
        /// A round button.
        Bubble = "bubble",
        /// A bar with the title.
        Bar = "bar",
    }
}

words! {
    /// On which side of the page the chat is.
    ChatSide {
        /// Right.
        Right = "right",
        /// Left.
        Left = "left",
    }
}

words! {
    /// What visitors see of who answers.
    AgentInfo {
        /// Their name.
        Name = "name",
        /// Their name and photo.
        NameAndPhoto = "name_and_photo",
        /// The same for everybody.
        Default = "default",
    }
}

words! {
    /// Language of the chat.
    ChatLanguage {
        /// As the visitor's browser is.
        Auto = "auto",
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

words! {
    /// What the form before the chat may ask for.
    PreChatId {
        /// Name.
        Name = "name",
        /// E-mail address.
        Email = "email",
        /// Telephone number.
        Phone = "phone",
        /// Company.
        Company = "company",
        /// What it is about.
        Subject = "subject",
        /// The first question.
        Question = "question",
    }
}

impl PreChatId {
    /// All of them, in their usual order.
    pub const ALL: [Self; 6] =
        [Self::Name, Self::Email, Self::Phone, Self::Company, Self::Subject, Self::Question];
}

words! {
    /// Which of the automatic messages of a live chat it is.
    AutomaticKind {
        /// What greets a visitor.
        Greeting = "greeting",
        /// The answer to their first message.
        First = "first",
        /// What is said at the end.
        Closing = "closing",
        /// What is said when nobody answered their call.
        Missed = "missed",
    }
}

/// Everything that an administrator chooses for a site. Name, destination and office hours are the
/// channel's own, as of every channel.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChatSettings {
    /// Domains on which the chat loads, the main one first: `www.shop.example` is itself,
    /// `*.shop.example` all below it. Empty while the channel is a draft.
    #[schema(max_items = 50)]
    pub domains: Vec<String>,
    /// What visitors may do.
    pub mode: ChatMode,
    /// Calls at a time.
    #[schema(minimum = 1, maximum = 10)]
    pub max_calls: u32,
    /// What visitors may send.
    pub visitors_may_send: VisitorsMaySend,
    /// Minutes of silence after which a chat closes; `null`: never.
    #[schema(minimum = 1, maximum = 525_600)]
    pub close_after_minutes: Option<u32>,
    /// Chats that may be open at a time; who comes then leaves a message. `null`: any number.
    #[schema(minimum = 1, maximum = 100_000)]
    pub max_chats: Option<u32>,
    /// How it looks.
    pub appearance: ChatAppearance,
    /// What it says.
    pub messages: ChatMessages,
    /// Servers that help the two ends of a call to find each other.
    #[schema(max_items = 10)]
    pub ice_servers: Vec<IceServer>,
}

/// How the chat looks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChatAppearance {
    /// Light, dark or as the device is.
    pub theme: ChatTheme,
    /// Its colour, `#rrggbb`.
    pub colour: String,
    /// What opens it.
    pub launcher: ChatLauncher,
    /// Which of the icons.
    #[schema(minimum = 1, maximum = 6)]
    pub icon: u8,
    /// On which side.
    pub side: ChatSide,
    /// Pixels from that side.
    #[schema(minimum = 0, maximum = 500)]
    pub offset_x: u32,
    /// Pixels from below.
    #[schema(minimum = 0, maximum = 500)]
    pub offset_y: u32,
    /// Title; may be empty.
    #[schema(max_length = 60)]
    pub title: String,
    /// Line below the title; may be empty.
    #[schema(max_length = 120)]
    pub subtitle: String,
    /// Logo: a PNG or JPEG that was uploaded.
    pub logo_file_id: Option<FileId>,
    /// What visitors see of who answers.
    pub agent_info: AgentInfo,
    /// Name where nobody's own is shown; may be empty.
    #[schema(max_length = 60)]
    pub default_agent_name: String,
    /// Photo where nobody's own is shown.
    pub default_agent_photo: Option<FileId>,
}

/// What the chat says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChatMessages {
    /// In which language.
    pub language: ChatLanguage,
    /// The form before the chat.
    pub pre_chat: PreChat,
    /// Greets whoever opens the chat while somebody can answer.
    pub online_greeting: ChatAutomatic,
    /// Greets whoever opens it while nobody can.
    pub offline_greeting: ChatAutomatic,
    /// Answers a visitor's first message.
    pub first_answer: ChatAutomatic,
    /// Is said when the chat ends, whoever ends it.
    pub closed: ChatAutomatic,
}

/// An automatic message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChatAutomatic {
    /// Whether it is said.
    pub on: bool,
    /// Its words.
    #[schema(max_length = 1000)]
    pub text: String,
}

/// The form before the chat.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PreChat {
    /// Whether it is asked.
    pub on: bool,
    /// Its fields in their order, each once.
    #[schema(max_items = 6)]
    pub fields: Vec<PreChatField>,
    /// What the visitor has to agree to; empty: nothing.
    #[schema(max_length = 1000)]
    pub consent: String,
}

/// A field of the form before the chat.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PreChatField {
    /// Which.
    pub id: PreChatId,
    /// Whether it is shown.
    pub show: bool,
    /// Whether it has to be filled.
    pub required: bool,
    /// What it is called; empty: as usual.
    #[schema(max_length = 60)]
    pub label: String,
}

/// A STUN or TURN server.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct IceServer {
    /// Its addresses: `stun:…`, `turn:…`, `turns:…`.
    #[schema(min_items = 1, max_items = 5)]
    pub urls: Vec<String>,
    /// Name for it; empty where it asks for none.
    #[schema(max_length = 200)]
    pub username: String,
    /// Password for it, when it is entered; never answered back. Left out: the one that is kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 500)]
    pub credential: Option<String>,
    /// Whether a password is kept. What is sent here does not count.
    #[serde(default)]
    #[schema(read_only)]
    pub has_credential: bool,
}

/// What goes into the pages of a website.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ChatSnippet {
    /// The line to paste before `</body>`.
    pub snippet: String,
    /// Address of the script.
    pub script_url: String,
    /// What a page with a strict Content-Security-Policy has to allow, a directive each.
    pub csp: Vec<String>,
    /// Whether this desk has no public address yet: the snippet works on this computer only.
    pub needs_public_url: bool,
    /// Path of the test page at the workspace.
    pub test_path: String,
}

words! {
    /// What a page says of the chat.
    ChatPageState {
        /// It carries the chat, and it loads there.
        Found = "found",
        /// It does not carry a chat.
        NotFound = "not_found",
        /// It carries the chat, but its domain is not among those of the site.
        WrongDomain = "wrong_domain",
        /// It carries a chat, but another one.
        OtherSite = "other_site",
        /// It could not be fetched.
        Unreachable = "unreachable",
    }
}

/// What came of looking at a page of the website.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ChatCheck {
    /// What it says.
    pub state: ChatPageState,
    /// The same in words, with what to do.
    pub words: String,
    /// The page that was looked at, where the address led.
    pub url: String,
}

/// What passed through a site in a span of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub struct ChatFigures {
    /// Visitors at this moment whose browsers have a line: with or without a chat.
    pub visitors_now: i64,
    /// Chats that began.
    pub chats: i64,
    /// Chats that ended before a person answered.
    pub missed: i64,
    /// Chats that are open and that no person has answered yet.
    pub waiting: i64,
    /// Milliseconds after which half of those who were answered had their first answer; `null`:
    /// nobody was.
    pub first_answer_ms: Option<i64>,
    /// Calls, visitors' and the team's.
    pub calls: i64,
    /// Calls of visitors that nobody answered.
    pub missed_calls: i64,
}

words! {
    /// Where a visitor is.
    VisitorState {
        /// A page with the chat is in front of them.
        Online = "online",
        /// Their page is in the back.
        Away = "away",
        /// They have left.
        Left = "left",
    }
}

/// A page that a visitor saw.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct VisitedPage {
    /// When.
    pub at: Time,
    /// Its address.
    pub url: String,
    /// Its title.
    pub title: String,
}

/// What is known of the visitor of a live chat.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Visitor {
    /// Where they are.
    pub state: VisitorState,
    /// Whether they write at this moment.
    pub writing: bool,
    /// The page on their screen; `null` when they have left.
    pub page: Option<VisitedPage>,
    /// Pages that they saw, newest first.
    pub pages: Vec<VisitedPage>,
    /// From where they came; empty: unknown.
    pub referrer: String,
    /// What their browser calls itself.
    pub browser: String,
    /// Language of their browser; empty: unknown.
    pub language: String,
    /// Time zone of their browser; empty: unknown.
    pub time_zone: String,
    /// What they answered in the form before the chat. Nobody has proved it.
    #[schema(value_type = PreChatAnswers)]
    pub form: Form,
    /// When they agreed to what stands under the form.
    pub consented_at: Option<Time>,
    /// When they first wrote.
    pub first_seen_at: Time,
    /// When they were last here.
    pub last_seen_at: Time,
}

/// Answers to the form before the chat; what was not answered is left out.
#[derive(Debug, Serialize, ToSchema)]
pub struct PreChatAnswers {
    /// Name.
    pub name: Option<String>,
    /// E-mail address.
    pub email: Option<String>,
    /// Telephone number.
    pub phone: Option<String>,
    /// Company.
    pub company: Option<String>,
    /// What it is about.
    pub subject: Option<String>,
    /// The first question.
    pub question: Option<String>,
}
