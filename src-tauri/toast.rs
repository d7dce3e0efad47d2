//! Native notifications: one task per toast, never waiting for ever. What they say, buttons
//! included, comes from the page; a click brings the window to the front and tells the page which
//! session was meant and which button was pressed.

use std::time::Duration;

use notify_rust::{Notification, NotificationResponse};
use tauri::{AppHandle, Emitter as _};

use crate::window;

/// After this time a click is no longer waited for.
const WAIT: Duration = Duration::from_mins(10);
/// Longer texts are cut: a toast is a hint, not the message.
const TITLE_CHARS: usize = 80;
const BODY_CHARS: usize = 280;
/// Systems show this many buttons.
const BUTTONS: usize = 3;
/// The button in whose place some systems show a line to write in.
const REPLY: &str = "reply";

/// What a toast says and where its click leads.
#[derive(Debug, Clone, serde::Deserialize)]
pub(crate) struct Toast {
    /// Who wrote.
    pub(crate) title: String,
    /// What they wrote, or that they wrote.
    pub(crate) body: String,
    /// The session that a click opens.
    pub(crate) session_id: String,
    /// What else can be done at once, where the system shows buttons.
    #[serde(default)]
    pub(crate) buttons: Vec<Button>,
}

/// A button of a toast.
#[derive(Debug, Clone, PartialEq, Eq, serde::Deserialize)]
pub(crate) struct Button {
    /// What the page calls it.
    pub(crate) id: String,
    /// What it says.
    pub(crate) label: String,
    /// The window stays where it is when it is pressed.
    #[serde(default)]
    pub(crate) quiet: bool,
}

/// What was pressed, for the page.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
struct Pressed {
    session_id: String,
    button: String,
}

/// What was written into the toast itself, for the page.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
struct Answered {
    session_id: String,
    text: String,
}

/// What somebody did with a toast.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Did {
    /// They clicked on it.
    Open,
    /// They pressed one of its buttons.
    Press(Button),
    /// They wrote an answer into it.
    Answer(String),
    /// Nothing, or they closed it.
    Nothing,
}

/// Only buttons that the toast has count: the system names the click itself as an action too.
fn did(response: &NotificationResponse, buttons: &[Button]) -> Did {
    match response {
        NotificationResponse::Default => Did::Open,
        NotificationResponse::Action(action) => {
            match buttons.iter().find(|one| one.id == *action) {
                Some(button) => Did::Press(button.clone()),
                None if action == "show" || action == "default" => Did::Open,
                None => Did::Nothing,
            }
        }
        // Only where one was asked for.
        NotificationResponse::Reply(text) if buttons.iter().any(|one| one.id == REPLY) => {
            Did::Answer(text.clone())
        }
        NotificationResponse::Reply(_) | NotificationResponse::Closed(_) => Did::Nothing,
    }
}

/// Shows the toast; the error says that the system has no way to do it.
pub(crate) async fn show(app: AppHandle, toast: Toast) -> Result<(), String> {
    let mut notification = Notification::new();
    notification
        .appname("Deskbell")
        .summary(&cut(&toast.title, TITLE_CHARS))
        .body(&cut(&toast.body, BODY_CHARS));
    let Toast { session_id, mut buttons, .. } = toast;
    buttons.truncate(BUTTONS);
    let known = buttons.clone();
    native::show(notification, &buttons, move |response| match did(response, &known) {
        Did::Open => open_session(&app, &session_id),
        Did::Press(button) => press(&app, button, session_id),
        Did::Answer(text) => tell(&app, "notification-answer", Answered { session_id, text }),
        Did::Nothing => {}
    })
    .await
    .map_err(|error| {
        tracing::debug!(%error, "no native notification");
        "This system shows no notifications.".to_owned()
    })
}

fn open_session(app: &AppHandle, session_id: &str) {
    window::show(app);
    // The one that people try out belongs to no session.
    if session_id.is_empty() {
        return;
    }
    if let Err(error) = app.emit_to(window::MAIN, "open-session", session_id) {
        tracing::warn!(%error, "the page was not told which session to open");
    }
}

fn press(app: &AppHandle, button: Button, session_id: String) {
    if !button.quiet {
        window::show(app);
    }
    tell(app, "notification-button", Pressed { session_id, button: button.id });
}

/// The page decides what becomes of it, with the rights of whoever is signed in there.
fn tell(app: &AppHandle, event: &str, what: impl serde::Serialize + Clone) {
    if let Err(error) = app.emit_to(window::MAIN, event, what) {
        tracing::warn!(%error, event, "the page was not told what was done with a notification");
    }
}

fn cut(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default().trim_end()),
        None => text.to_owned(),
    }
}

#[cfg(target_os = "linux")]
mod native {
    use super::{Button, Notification, NotificationResponse, WAIT};

    /// Shows it and calls `clicked` at most once, from a task of its own.
    pub(super) async fn show(
        mut notification: Notification,
        buttons: &[Button],
        clicked: impl FnOnce(&NotificationResponse) + Send + 'static,
    ) -> Result<(), notify_rust::error::Error> {
        if reads_markup().await {
            notification.body = escape(&notification.body);
        }
        notification.icon("deskbell").action("default", "Show");
        if buttons.is_empty() {
            notification.action("show", "Show");
        }
        for button in buttons {
            notification.action(&button.id, &button.label);
        }
        let handle = notification.show_async().await?;
        tauri::async_runtime::spawn(async move {
            let _ = tokio::time::timeout(WAIT, handle.wait_for_action_async(clicked)).await;
        });
        Ok(())
    }

    /// Whether `<b>` in a customer's text would become bold instead of being shown.
    async fn reads_markup() -> bool {
        let asked = tauri::async_runtime::spawn_blocking(notify_rust::get_capabilities).await;
        matches!(asked, Ok(Ok(known)) if known.iter().any(|name| name == "body-markup"))
    }

    pub(super) fn escape(text: &str) -> String {
        text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
    }
}

#[cfg(not(target_os = "linux"))]
mod native {
    use std::sync::Arc;

    use tokio::sync::Semaphore;

    #[cfg(target_os = "macos")]
    use super::line_instead;
    use super::{Button, Notification, NotificationResponse, WAIT};

    /// These systems can only be waited for by blocking a thread, and not for a limited time; so
    /// only this many threads wait, and a toast beyond them is shown without a click.
    static WAITING: std::sync::LazyLock<Arc<Semaphore>> =
        std::sync::LazyLock::new(|| Arc::new(Semaphore::new(8)));

    pub(super) async fn show(
        mut notification: Notification,
        buttons: &[Button],
        clicked: impl FnOnce(&NotificationResponse) + Send + 'static,
    ) -> Result<(), notify_rust::error::Error> {
        #[cfg(windows)]
        notification.app_id("app.deskbell.desktop");
        #[cfg(target_os = "macos")]
        notification.sound_name("");
        #[cfg(target_os = "macos")]
        let buttons = match line_instead(buttons) {
            Some(line) => {
                notification.reply(&line.label);
                &[]
            }
            None => buttons,
        };
        for button in buttons {
            notification.action(&button.id, &button.label);
        }
        let handle = notification.show()?;
        if let Ok(permit) = Arc::clone(&WAITING).try_acquire_owned() {
            let waiting = tauri::async_runtime::spawn_blocking(move || {
                let _permit = permit;
                handle.wait_for_response(clicked)
            });
            tauri::async_runtime::spawn(async move {
                let _ = tokio::time::timeout(WAIT, waiting).await;
            });
        }
        Ok(())
    }
}

/// The button in whose place a line to write in is shown. macOS shows either a line or buttons:
/// where a session waits for somebody, picking it up comes first.
#[cfg(any(target_os = "macos", test))]
fn line_instead(buttons: &[Button]) -> Option<&Button> {
    let first = buttons.first()?;
    (first.id == REPLY).then_some(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn button(id: &str) -> Button {
        Button { id: id.into(), label: id.to_uppercase(), quiet: false }
    }

    #[test]
    fn long_texts_are_cut_at_a_character() {
        assert_eq!(cut("Grüße", 10), "Grüße");
        assert_eq!(cut("Grüße aus Köln", 5), "Grüße…");
        assert_eq!(cut("Grüße aus Köln", 6), "Grüße…");
    }

    #[test]
    fn a_button_is_told_from_a_click_and_from_closing() {
        let buttons = [button("pick-up")];
        let action = |name: &str| NotificationResponse::Action(name.to_owned());
        assert_eq!(did(&NotificationResponse::Default, &buttons), Did::Open);
        assert_eq!(did(&action("default"), &buttons), Did::Open);
        assert_eq!(did(&action("pick-up"), &buttons), Did::Press(button("pick-up")));
        assert_eq!(did(&action("pick-up"), &[]), Did::Nothing);
        assert_eq!(did(&action("erase"), &buttons), Did::Nothing);
    }

    #[test]
    fn an_answer_is_taken_where_one_was_asked_for() {
        let written = NotificationResponse::Reply("On my way".to_owned());
        assert_eq!(did(&written, &[button("reply")]), Did::Answer("On my way".into()));
        assert_eq!(did(&written, &[button("pick-up")]), Did::Nothing);
        let line = |ids: &[&str]| {
            let buttons: Vec<Button> = ids.iter().map(|id| button(id)).collect();
            line_instead(&buttons).map(|one| one.id.clone())
        };
        assert_eq!(line(&["reply", "snooze"]), Some("reply".to_owned()));
        assert_eq!(line(&["pick-up", "snooze", "reply"]), None);
        assert_eq!(line(&[]), None);
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_customers_markup_is_shown_and_not_obeyed() {
        assert_eq!(native::escape("<b>1 & 2</b>"), "&lt;b&gt;1 &amp; 2&lt;/b&gt;");
    }
}
