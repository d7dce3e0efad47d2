//! What a visitor's browser tells the desk over its line: JSON text frames, read and put in order
//! here before anything is believed. Pure; nothing that comes in can do more than be refused.

mod calls;

use serde::{Deserialize, Serialize};

pub use self::calls::{CallFrame, is_candidate, is_sdp};
use super::TEXT_CHARS;

/// Version of what is spoken.
pub const VERSION: u32 = 1;
/// Bytes of a frame at most, either way.
pub const FRAME_BYTES: usize = 32 * 1024;
/// Characters of a visitor's token: 32 bytes in base64url.
pub const TOKEN_CHARS: usize = 43;
/// Characters of the key of a message.
const KEY_CHARS: std::ops::RangeInclusive<usize> = 8..=64;
/// Characters of an address of a page.
const URL_CHARS: usize = 2_000;
/// Characters of a title of a page, and of other words of one line.
const LINE_CHARS: usize = 200;
/// Characters of the question in the form.
const QUESTION_CHARS: usize = 2_000;
/// Files of one message that are looked at; more are refused by their number.
const FILE_IDS: usize = 50;
/// Characters of a file's id and of a call's.
const ID_CHARS: usize = 36;

/// A frame of a visitor.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(tag = "t", rename_all = "snake_case")]
pub enum VisitorFrame {
    /// Who it is; the first one.
    Hello(Hello),
    /// Another page is on the screen.
    Page(Page),
    /// The chat was opened or closed.
    Open {
        /// Whether it is open.
        open: bool,
    },
    /// The tab went to the back, or came to the front.
    Away {
        /// Whether nobody looks at it.
        away: bool,
    },
    /// The visitor says something.
    Say(Say),
    /// The visitor writes, or stopped.
    Typing {
        /// Whether they write.
        on: bool,
    },
    /// Everything up to here that was told is in the browser.
    Got {
        /// Place of the newest of it.
        seq: i64,
    },
    /// Everything up to here that was told was on the screen.
    Seen {
        /// Place of the newest of it.
        seq: i64,
    },
    /// What was said before is wanted.
    More {
        /// Older than this place.
        before: i64,
    },
    /// The visitor ends the chat.
    End {},
    /// Something about a call.
    #[serde(skip)]
    Call(CallFrame),
}

/// The first frame of a line.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Hello {
    /// Version of what the browser speaks.
    pub v: u32,
    /// What the browser proves with that it is the same one: made by it, known to nobody else.
    pub token: String,
    /// Place of the newest message that it has; 0: none.
    #[serde(default)]
    pub since: i64,
    /// The page on the screen.
    #[serde(default)]
    pub page: Page,
    /// From where the visitor came.
    #[serde(default)]
    pub referrer: String,
    /// What the browser calls itself.
    #[serde(default)]
    pub agent: String,
    /// Language of the browser.
    #[serde(default)]
    pub language: String,
    /// Time zone of the browser.
    #[serde(default)]
    pub zone: String,
    /// Whether the chat is open.
    #[serde(default)]
    pub open: bool,
}

/// A page of the website.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Page {
    /// Its address.
    #[serde(default)]
    pub url: String,
    /// Its title.
    #[serde(default)]
    pub title: String,
}

/// Something that a visitor says.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
pub struct Say {
    /// The browser's own id for it: the same key again is the same message.
    pub key: String,
    /// The text.
    #[serde(default)]
    pub text: String,
    /// Files that were brought before.
    #[serde(default)]
    pub files: Vec<String>,
    /// What the form before the chat asked.
    #[serde(default)]
    pub form: Option<Form>,
    /// Whether the visitor agreed to what stands under the form.
    #[serde(default)]
    pub consent: bool,
}

/// Answers to the form before the chat. What was not asked is left out.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Form {
    /// Name.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// E-mail address.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub email: String,
    /// Telephone number.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub phone: String,
    /// Company.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub company: String,
    /// What it is about.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub subject: String,
    /// The first question.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub question: String,
}

/// Why a frame is not taken; the line is closed with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadFrame {
    /// It has more bytes than any frame may have.
    #[error("this is more than a frame may hold")]
    TooLarge,
    /// It is no frame of ours.
    #[error("this cannot be read")]
    Unreadable,
    /// Something in it is longer or shorter than it can be.
    #[error("something in it does not fit")]
    Unfit,
    /// It came at a time at which it makes no sense.
    #[error("this came out of turn")]
    OutOfTurn,
}

/// How far a line has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Nobody has said who it is.
    Fresh,
    /// The visitor is known.
    Greeted,
}

/// Whether a frame may come at this stage: a line begins with one `hello`, and has no second one.
pub fn in_turn(stage: Stage, frame: &VisitorFrame) -> Result<(), BadFrame> {
    let greets = matches!(frame, VisitorFrame::Hello(_));
    match (stage, greets) {
        (Stage::Fresh, true) | (Stage::Greeted, false) => Ok(()),
        (Stage::Fresh, false) | (Stage::Greeted, true) => Err(BadFrame::OutOfTurn),
    }
}

#[derive(Deserialize)]
struct Tag {
    t: String,
}

/// Reads a frame. What is only for show is cut to its length; what means something is refused.
pub fn read(text: &str) -> Result<VisitorFrame, BadFrame> {
    if text.len() > FRAME_BYTES {
        return Err(BadFrame::TooLarge);
    }
    let unreadable = |_| BadFrame::Unreadable;
    let tag: Tag = serde_json::from_str(text).map_err(unreadable)?;
    if tag.t.starts_with("call.") {
        let call: CallFrame = serde_json::from_str(text).map_err(unreadable)?;
        return calls::fit(call).map(VisitorFrame::Call);
    }
    let frame: VisitorFrame = serde_json::from_str(text).map_err(unreadable)?;
    Ok(match frame {
        VisitorFrame::Hello(hello) => VisitorFrame::Hello(fit_hello(hello)?),
        VisitorFrame::Page(page) => VisitorFrame::Page(fit_page(page)),
        VisitorFrame::Say(say) => VisitorFrame::Say(fit_say(say)?),
        VisitorFrame::Got { seq } => VisitorFrame::Got { seq: place(seq)? },
        VisitorFrame::Seen { seq } => VisitorFrame::Seen { seq: place(seq)? },
        VisitorFrame::More { before } => VisitorFrame::More { before: place(before)? },
        frame => frame,
    })
}

/// Whether a message has more characters than a message may have.
pub fn is_too_long(say: &Say) -> bool {
    say.text.chars().count() > TEXT_CHARS as usize
}

/// Whether this is a token as browsers make it.
pub fn is_token(token: &str) -> bool {
    token.len() == TOKEN_CHARS
        && token.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte))
}

fn place(seq: i64) -> Result<i64, BadFrame> {
    if seq >= 0 { Ok(seq) } else { Err(BadFrame::Unfit) }
}

fn fit_hello(hello: Hello) -> Result<Hello, BadFrame> {
    if hello.v != VERSION || !is_token(&hello.token) {
        return Err(BadFrame::Unfit);
    }
    Ok(Hello {
        since: place(hello.since)?,
        page: fit_page(hello.page),
        referrer: line(&hello.referrer, URL_CHARS),
        agent: line(&hello.agent, LINE_CHARS),
        language: line(&hello.language, 35),
        zone: line(&hello.zone, 64),
        ..hello
    })
}

fn fit_page(page: Page) -> Page {
    Page { url: line(&page.url, URL_CHARS), title: line(&page.title, LINE_CHARS) }
}

fn fit_say(say: Say) -> Result<Say, BadFrame> {
    let is_key = |byte: u8| byte.is_ascii_alphanumeric() || b"-_".contains(&byte);
    if !KEY_CHARS.contains(&say.key.len()) || !say.key.bytes().all(is_key) {
        return Err(BadFrame::Unfit);
    }
    if say.files.len() > FILE_IDS || say.files.iter().any(|id| id.len() > ID_CHARS) {
        return Err(BadFrame::Unfit);
    }
    let text = say.text.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t'));
    Ok(Say { text: text.collect(), form: say.form.map(fit_form), ..say })
}

fn fit_form(form: Form) -> Form {
    Form {
        name: line(&form.name, 120),
        email: line(&form.email, LINE_CHARS),
        phone: line(&form.phone, 40),
        company: line(&form.company, 120),
        subject: line(&form.subject, LINE_CHARS),
        question: form
            .question
            .chars()
            .filter(|c| !c.is_control() || matches!(c, '\n' | '\t'))
            .take(QUESTION_CHARS)
            .collect::<String>()
            .trim()
            .to_owned(),
    }
}

/// One line of words, cut to its length; nothing in it can disturb what stands beside it.
fn line(text: &str, most: usize) -> String {
    let turns = |c: &char| matches!(c, '\u{2028}' | '\u{2029}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}');
    let shown = text.chars().filter(|c| !c.is_control() && !turns(c)).take(most);
    shown.collect::<String>().trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn token() -> String {
        "a".repeat(TOKEN_CHARS)
    }

    fn check(text: &str, expected: Result<&str, BadFrame>) {
        let found = read(text).map(|frame| format!("{frame:?}"));
        match (found, expected) {
            (Ok(found), Ok(part)) => assert!(found.contains(part), "{text}: {found}"),
            (Err(found), Err(expected)) => assert_eq!(found, expected, "{text}"),
            (found, expected) => panic!("{text}: {found:?} instead of {expected:?}"),
        }
    }

    #[test]
    fn every_frame_is_read() {
        let hello = format!(
            r#"{{"t":"hello","v":1,"token":"{}","since":0,"page":{{"url":"https://a.example/x","title":"X"}},"referrer":"","language":"de","zone":"Europe/Berlin","open":true}}"#,
            token()
        );
        check(&hello, Ok("Europe/Berlin"));
        check(r#"{"t":"page","url":"https://a.example/y","title":"Y"}"#, Ok("Page"));
        check(r#"{"t":"open","open":false}"#, Ok("Open { open: false }"));
        check(r#"{"t":"away","away":true}"#, Ok("Away"));
        check(r#"{"t":"say","key":"01234567","text":"Hi\u0000 there"}"#, Ok("\"Hi there\""));
        let form = r#"{"t":"say","key":"01234567","text":"Hi","files":["a"],"form":{"name":" Ana\n "},"consent":true}"#;
        check(form, Ok("name: \"Ana\""));
        check(r#"{"t":"typing","on":true}"#, Ok("Typing"));
        check(r#"{"t":"got","seq":7}"#, Ok("Got { seq: 7 }"));
        check(r#"{"t":"seen","seq":7}"#, Ok("Seen"));
        check(r#"{"t":"more","before":7}"#, Ok("More"));
        check(r#"{"t":"end"}"#, Ok("End"));
        check(r#"{"t":"call.ring","call":"c-1","sdp":"v=0"}"#, Ok("Ring"));
        check(r#"{"t":"call.ice","call":"c-1","candidate":""}"#, Ok("Ice"));
        check(r#"{"t":"call.end","call":"c-1"}"#, Ok("End"));
    }

    #[test]
    fn what_is_no_frame_is_refused() {
        let too_large =
            format!(r#"{{"t":"say","key":"01234567","text":"{}"}}"#, "x".repeat(40_000));
        check(&too_large, Err(BadFrame::TooLarge));
        for text in ["", "{", "7", "[]", "null", r#"{"t":7}"#, r#"{"t":"dance"}"#, r#"{"t":"say"}"#]
        {
            check(text, Err(BadFrame::Unreadable));
        }
        check(&"[".repeat(30_000), Err(BadFrame::Unreadable));
        check(r#"{"t":"call.dance","call":"c"}"#, Err(BadFrame::Unreadable));
        check(r#"{"t":"call","call":"c"}"#, Err(BadFrame::Unreadable));
        check(r#"{"t":"hello","v":1,"token":"short"}"#, Err(BadFrame::Unfit));
        check(&format!(r#"{{"t":"hello","v":2,"token":"{}"}}"#, token()), Err(BadFrame::Unfit));
        check(r#"{"t":"say","key":"short"}"#, Err(BadFrame::Unfit));
        check(r#"{"t":"say","key":"no spaces here"}"#, Err(BadFrame::Unfit));
        check(r#"{"t":"got","seq":-1}"#, Err(BadFrame::Unfit));
        check(r#"{"t":"call.end","call":""}"#, Err(BadFrame::Unfit));
    }

    #[test]
    fn a_line_begins_with_hello_and_has_only_one() {
        let hello = read(&format!(r#"{{"t":"hello","v":1,"token":"{}"}}"#, token())).unwrap();
        let end = VisitorFrame::End {};
        assert_eq!(in_turn(Stage::Fresh, &hello), Ok(()));
        assert_eq!(in_turn(Stage::Greeted, &end), Ok(()));
        assert_eq!(in_turn(Stage::Fresh, &end), Err(BadFrame::OutOfTurn));
        assert_eq!(in_turn(Stage::Greeted, &hello), Err(BadFrame::OutOfTurn));
    }

    #[test]
    fn a_long_text_is_told_from_a_frame_that_cannot_be() {
        let say = |count: usize| Say { text: "ß".repeat(count), ..Say::default() };
        assert!(!is_too_long(&say(5_000)));
        assert!(is_too_long(&say(5_001)));
    }
}
