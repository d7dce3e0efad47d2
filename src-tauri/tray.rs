//! The tray icon with its menu, and every other place where the system shows how much is unread.
//! On Linux a desktop without a place for tray icons is normal: then there is none, and closing
//! the window means leaving.

use std::time::Duration;

use tauri::image::Image;
use tauri::menu::{Menu, MenuItem, PredefinedMenuItem};
use tauri::tray::{TrayIconBuilder, TrayIconEvent};
use tauri::{AppHandle, Manager as _, Wry, include_image};

use crate::window;

const ID: &str = "deskbell";
const CALM: Image<'_> = include_image!("icons/tray.png");
const RINGING: Image<'_> = include_image!("icons/tray-unread.png");
/// How often and how many times the system is asked for a tray after the start: the panel may
/// come up after us when both start at login.
const ASK_EVERY: Duration = Duration::from_secs(2);
const ASK_TIMES: u32 = 30;

/// What changes in the menu.
struct Lines {
    unread: MenuItem<Wry>,
}

/// Puts the icon up as soon as the system has a place for it. `false`: it has none.
pub(crate) async fn put_up(app: AppHandle) -> bool {
    for _ in 0..ASK_TIMES {
        if place_exists().await {
            return on_main_thread(&app).await;
        }
        tokio::time::sleep(ASK_EVERY).await;
    }
    false
}

/// Whether someone who closes the window would find it again.
pub(crate) async fn keeps_the_window(app: &AppHandle) -> bool {
    app.tray_by_id(ID).is_some() && place_exists().await
}

/// Shows the number in tray, menu, title and badge.
pub(crate) fn set_unread(app: &AppHandle, count: u32) -> tauri::Result<()> {
    if let Some(lines) = app.try_state::<Lines>() {
        lines.unread.set_text(line(count))?;
    }
    if let Some(tray) = app.tray_by_id(ID) {
        tray.set_icon(Some(if count == 0 { CALM } else { RINGING }))?;
        tray.set_tooltip(Some(title(count)))?;
        let beside = (count > 0).then(|| count.to_string());
        // The text beside the icon is a habit of macOS; elsewhere the icon itself says it.
        if cfg!(target_os = "macos") {
            tray.set_title(beside)?;
        }
    }
    if let Some(window) = app.get_webview_window(window::MAIN) {
        window.set_title(&title(count))?;
        // Not every desktop has badges.
        let _ = window.set_badge_count((count > 0).then_some(i64::from(count)));
    }
    Ok(())
}

fn title(count: u32) -> String {
    if count == 0 { "Deskbell".to_owned() } else { format!("({count}) Deskbell") }
}

fn line(count: u32) -> String {
    if count == 0 { "Nothing unread".to_owned() } else { format!("{count} unread") }
}

async fn on_main_thread(app: &AppHandle) -> bool {
    let (tell, told) = tokio::sync::oneshot::channel();
    let handle = app.clone();
    let asked = app.run_on_main_thread(move || {
        let built = build(&handle).inspect_err(|error| tracing::warn!(%error, "no tray icon"));
        let _ = tell.send(built.is_ok());
    });
    asked.is_ok() && told.await.unwrap_or(false)
}

fn build(app: &AppHandle) -> tauri::Result<()> {
    let show = MenuItem::with_id(app, "show", "Show Deskbell", true, None::<&str>)?;
    let unread = MenuItem::with_id(app, "unread", line(0), true, None::<&str>)?;
    let quit = MenuItem::with_id(app, "quit", "Quit", true, None::<&str>)?;
    let between = PredefinedMenuItem::separator(app)?;
    let menu = Menu::with_items(app, &[&show, &unread, &between, &quit])?;
    TrayIconBuilder::with_id(ID)
        .icon(CALM)
        .tooltip(title(0))
        .menu(&menu)
        .show_menu_on_left_click(cfg!(target_os = "macos"))
        .on_menu_event(|app, event| match event.id().as_ref() {
            "quit" => app.exit(0),
            _ => window::show(app),
        })
        .on_tray_icon_event(|tray, event| {
            if matches!(event, TrayIconEvent::DoubleClick { .. }) {
                window::show(tray.app_handle());
            }
        })
        .build(app)?;
    app.manage(Lines { unread });
    Ok(())
}

/// Windows and macOS always have a place; on Linux someone must be watching for icons.
#[cfg(not(target_os = "linux"))]
async fn place_exists() -> bool {
    std::future::ready(true).await
}

#[cfg(target_os = "linux")]
async fn place_exists() -> bool {
    let ask = async {
        let bus = zbus::Connection::session().await?;
        let name = zbus::names::BusName::try_from("org.kde.StatusNotifierWatcher")?;
        Ok::<bool, zbus::Error>(zbus::fdo::DBusProxy::new(&bus).await?.name_has_owner(name).await?)
    };
    matches!(tokio::time::timeout(Duration::from_secs(2), ask).await, Ok(Ok(true)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_number_is_told_in_words() {
        assert_eq!((title(0), line(0)), ("Deskbell".to_owned(), "Nothing unread".to_owned()));
        assert_eq!((title(3), line(3)), ("(3) Deskbell".to_owned(), "3 unread".to_owned()));
    }
}
