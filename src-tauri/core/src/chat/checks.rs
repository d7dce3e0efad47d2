//! Whether what an administrator chose for a site fits. Everything that does not is told at once.

use rusqlite::Connection;

use super::domains;
use crate::error::Result;
use crate::fields::Fields;
use crate::model::{
    ChannelId, ChatAppearance, ChatAutomatic, ChatSettings, FileId, FileState, IceServer, PreChat,
    PreChatField, PreChatId, UserId,
};
use crate::store::{chat_sites, files};

/// Characters of an automatic message and of the consent.
const TEXT: usize = 1_000;
/// Pixels from the edge of a page.
const OFFSET: u32 = 500;
/// Minutes of silence at most: a year.
const SILENCE: u32 = 525_600;
/// Chats at a time that may be set.
const CHATS: u32 = 100_000;
/// STUN and TURN servers, and the addresses of each.
const SERVERS: (usize, usize) = (10, 5);
/// Bytes of a logo or photo: every visitor loads it.
pub(crate) const PICTURE_BYTES: i64 = 1024 * 1024;

/// What was chosen, in order; what does not fit is refused in `fields`.
pub(super) fn checked(fields: &mut Fields, mut wanted: ChatSettings) -> ChatSettings {
    wanted.domains = checked_domains(fields, &wanted.domains);
    if !(1..=10).contains(&wanted.max_calls) {
        fields.refuse("max_calls", "Enter a number from 1 to 10.");
    }
    if wanted.close_after_minutes.is_some_and(|minutes| !(1..=SILENCE).contains(&minutes)) {
        fields.refuse("close_after_minutes", "Enter a time between a minute and a year.");
    }
    if wanted.max_chats.is_some_and(|chats| !(1..=CHATS).contains(&chats)) {
        fields.refuse("max_chats", "Enter a number from 1 to 100000, or none for no limit.");
    }
    check_appearance(fields, &mut wanted.appearance);
    let messages = &mut wanted.messages;
    for (name, automatic) in [
        ("online_greeting", &mut messages.online_greeting),
        ("offline_greeting", &mut messages.offline_greeting),
        ("first_answer", &mut messages.first_answer),
        ("closed", &mut messages.closed),
    ] {
        check_automatic(fields, name, automatic);
    }
    check_pre_chat(fields, &mut messages.pre_chat);
    check_servers(fields, &mut wanted.ice_servers);
    wanted
}

/// The domains as they are kept, each once.
fn checked_domains(fields: &mut Fields, typed: &[String]) -> Vec<String> {
    if typed.len() > domains::MOST {
        fields.refuse("domains", format!("At most {} domains, please.", domains::MOST));
        return Vec::new();
    }
    let mut kept: Vec<String> = Vec::new();
    for (place, one) in typed.iter().enumerate() {
        match domains::read(one) {
            Ok(domain) if kept.contains(&domain) => {}
            Ok(domain) => kept.push(domain),
            Err(sentence) => fields.refuse(&format!("domains.{place}"), sentence),
        }
    }
    if kept.iter().map(String::len).sum::<usize>() > domains::ALL_CHARS {
        fields.refuse("domains", "These domains are too long together. Leave some out.");
    }
    kept
}

fn check_appearance(fields: &mut Fields, look: &mut ChatAppearance) {
    let digits = look.colour.strip_prefix('#').unwrap_or_default();
    if digits.len() != 6 || !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        fields.refuse("appearance.colour", "Enter a colour such as #1f5b4c.");
    }
    look.colour.make_ascii_lowercase();
    if !(1..=6).contains(&look.icon) {
        fields.refuse("appearance.icon", "Choose one of the six icons.");
    }
    for (name, offset) in [("offset_x", look.offset_x), ("offset_y", look.offset_y)] {
        if offset > OFFSET {
            fields.refuse(&format!("appearance.{name}"), "At most 500 pixels, please.");
        }
    }
    look.title = fields.line("appearance.title", &look.title, 0, 60);
    look.subtitle = fields.line("appearance.subtitle", &look.subtitle, 0, 120);
    look.default_agent_name =
        fields.line("appearance.default_agent_name", &look.default_agent_name, 0, 60);
}

fn check_automatic(fields: &mut Fields, name: &str, automatic: &mut ChatAutomatic) {
    let field = format!("messages.{name}.text");
    automatic.text = fields.text(&field, automatic.text.trim(), TEXT);
    if automatic.on && automatic.text.is_empty() {
        fields.refuse(&field, "Write what is said, or switch it off.");
    }
}

/// The form with every field once: those that were left out come last and are not asked.
fn check_pre_chat(fields: &mut Fields, form: &mut PreChat) {
    form.consent = fields.text("messages.pre_chat.consent", form.consent.trim(), TEXT);
    let mut kept: Vec<PreChatField> = Vec::new();
    for (place, field) in std::mem::take(&mut form.fields).into_iter().enumerate() {
        let name = format!("messages.pre_chat.fields.{place}");
        if kept.iter().any(|one| one.id == field.id) {
            fields.refuse(&format!("{name}.id"), "This field is in the form twice.");
            continue;
        }
        let label = fields.line(&format!("{name}.label"), &field.label, 0, 60);
        kept.push(PreChatField { required: field.required && field.show, label, ..field });
    }
    for id in PreChatId::ALL {
        if kept.iter().all(|one| one.id != id) {
            kept.push(PreChatField { id, show: false, required: false, label: String::new() });
        }
    }
    if form.on && form.consent.is_empty() && kept.iter().all(|one| !one.show) {
        fields
            .refuse("messages.pre_chat.fields", "Show at least one field, or switch the form off.");
    }
    form.fields = kept;
}

fn check_servers(fields: &mut Fields, servers: &mut [IceServer]) {
    let (most, addresses) = SERVERS;
    if servers.len() > most {
        fields.refuse("ice_servers", format!("At most {most} servers, please."));
    }
    for (place, server) in servers.iter_mut().enumerate() {
        let name = |part: &str| format!("ice_servers.{place}.{part}");
        server.username = fields.line(&name("username"), &server.username, 0, 200);
        if server.credential.as_ref().is_some_and(|word| word.chars().count() > 500) {
            fields.refuse(&name("credential"), "This is too long to be right. Copy it again.");
        }
        if !(1..=addresses).contains(&server.urls.len()) {
            fields.refuse(&name("urls"), format!("Enter one to {addresses} addresses."));
        }
        for url in &mut server.urls {
            *url = fields.line(&name("urls"), url, 1, 300);
            let known = ["stun:", "stuns:", "turn:", "turns:"];
            if !url.is_empty() && !known.iter().any(|scheme| url.starts_with(scheme)) {
                fields.refuse(
                    &name("urls"),
                    "An address begins with stun:, turn: or turns: (turn:turn.example.com:3478).",
                );
            }
        }
    }
}

/// Logo and photo are pictures that whoever chose them has brought, or that the site shows already.
pub(super) fn check_pictures(
    fields: &mut Fields,
    c: &Connection,
    channel: ChannelId,
    user: UserId,
    look: &ChatAppearance,
) -> Result<()> {
    for (name, file) in
        [("logo_file_id", look.logo_file_id), ("default_agent_photo", look.default_agent_photo)]
    {
        let Some(file) = file else { continue };
        if chat_sites::has_file(c, channel, file)? {
            continue;
        }
        if let Err(sentence) = picture(c, user, file)? {
            fields.refuse(&format!("appearance.{name}"), sentence);
        }
    }
    Ok(())
}

/// Whether a file is a picture that a user has just brought; otherwise what is wrong with it.
pub(crate) fn picture(
    c: &Connection,
    user: UserId,
    file: FileId,
) -> Result<std::result::Result<(), &'static str>> {
    let Some(row) = files::get(c, file)? else { return Ok(Err("Upload the picture again.")) };
    let fresh = row.uploaded_by == Some(user) && row.messages.is_empty();
    let kind = row.file.content_type.as_str();
    Ok(if !fresh || row.file.state != FileState::Stored {
        Err("Upload the picture again.")
    } else if !matches!(kind, "image/png" | "image/jpeg") {
        Err("Use a PNG or JPEG picture.")
    } else if row.file.size > PICTURE_BYTES {
        Err("Use a picture of at most 1 MB.")
    } else {
        Ok(())
    })
}

#[cfg(test)]
mod tests {
    use super::super::settings::usual;
    use super::*;
    use crate::error::Error;

    /// Names of the fields that are refused.
    fn refused(change: impl FnOnce(&mut ChatSettings)) -> Vec<String> {
        let mut settings = usual();
        change(&mut settings);
        let mut fields = Fields::new();
        checked(&mut fields, settings);
        match fields.finish() {
            Ok(()) => Vec::new(),
            Err(Error::Invalid(problems)) => problems.into_iter().map(|one| one.field).collect(),
            Err(other) => panic!("{other}"),
        }
    }

    #[test]
    fn what_is_usual_fits_and_stays_as_it_is() {
        let mut fields = Fields::new();
        assert_eq!(checked(&mut fields, usual()), usual());
        assert!(fields.finish().is_ok());
    }

    #[test]
    fn what_does_not_fit_is_told_by_its_field() {
        assert_eq!(refused(|s| s.domains = vec!["no domain".into()]), ["domains.0"]);
        assert_eq!(refused(|s| s.domains = vec!["a.example".into(); 51]), ["domains"]);
        assert_eq!(refused(|s| s.max_calls = 11), ["max_calls"]);
        assert_eq!(refused(|s| s.close_after_minutes = Some(0)), ["close_after_minutes"]);
        assert_eq!(refused(|s| s.max_chats = Some(0)), ["max_chats"]);
        assert_eq!(refused(|s| s.appearance.colour = "red".into()), ["appearance.colour"]);
        assert_eq!(refused(|s| s.appearance.icon = 7), ["appearance.icon"]);
        assert_eq!(refused(|s| s.appearance.offset_y = 501), ["appearance.offset_y"]);
        assert_eq!(refused(|s| s.messages.closed.text = " ".into()), ["messages.closed.text"]);
        assert!(
            refused(|s| s.messages.closed = ChatAutomatic { on: false, text: String::new() })
                .is_empty()
        );
        let twice = |s: &mut ChatSettings| {
            let field = s.messages.pre_chat.fields[0].clone();
            s.messages.pre_chat.fields.push(field);
        };
        assert_eq!(refused(twice), ["messages.pre_chat.fields.6.id"]);
        let server = |url: &str| IceServer {
            urls: vec![url.to_owned()],
            username: String::new(),
            credential: None,
            has_credential: false,
        };
        assert_eq!(refused(|s| s.ice_servers = vec![server("https://x")]), ["ice_servers.0.urls"]);
        assert!(refused(|s| s.ice_servers = vec![server("stun:stun.example.com:3478")]).is_empty());
    }

    #[test]
    fn domains_are_kept_once_and_fields_are_complete() {
        let mut settings = usual();
        settings.domains = vec!["https://Shop.example/".into(), "shop.example".into()];
        settings.messages.pre_chat.fields.truncate(1);
        let mut fields = Fields::new();
        let kept = checked(&mut fields, settings);
        assert!(fields.finish().is_ok());
        assert_eq!(kept.domains, ["shop.example"]);
        let ids: Vec<_> = kept.messages.pre_chat.fields.iter().map(|one| one.id).collect();
        assert_eq!(ids, PreChatId::ALL);
        assert!(!kept.messages.pre_chat.fields[1].show);
    }
}
