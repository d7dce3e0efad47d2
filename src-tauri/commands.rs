//! What the page may ask of the desktop, and nothing of the product: for that it signs in at the
//! desk like any browser.

use tauri::{AppHandle, Manager as _, State, Url};
use tauri_plugin_autostart::ManagerExt as _;
use tauri_plugin_opener::OpenerExt as _;

use crate::desk::{Desk, Whereabouts};
use crate::joining::{self, Address};
use crate::toast::{self, Button, Toast};
use crate::{tray, window};

/// A refusal: one sentence for people.
type Answer<T> = Result<T, String>;

/// Where the desk is; waits until it is open.
#[tauri::command]
pub(crate) async fn host(desk: State<'_, Desk>) -> Answer<Whereabouts> {
    desk.whereabouts().await
}

/// Sits down at another desk, or with `None` at our own again. The program starts anew.
#[tauri::command]
pub(crate) async fn join(app: AppHandle, address: Option<String>) -> Answer<()> {
    let address = address.as_deref().map(Address::parse).transpose()?;
    let desk = app.state::<Desk>();
    joining::save(desk.data_dir(), address.as_ref())
        .map_err(|error| format!("The choice could not be kept: {error}"))?;
    desk.stop().await;
    app.request_restart();
    Ok(())
}

/// Shows a native notification; the error tells the page to show its own.
#[tauri::command]
pub(crate) async fn notify(
    app: AppHandle,
    title: String,
    body: String,
    session_id: String,
    buttons: Vec<Button>,
) -> Answer<()> {
    toast::show(app, Toast { title, body, session_id, buttons }).await
}

/// Shows how much is unread wherever the system has a place for it.
#[tauri::command]
pub(crate) fn set_unread(app: AppHandle, count: u32) -> Answer<()> {
    tray::set_unread(&app, count).map_err(|error| error.to_string())
}

/// Whether Deskbell starts at login.
#[tauri::command]
pub(crate) fn autostart(app: AppHandle) -> Answer<bool> {
    app.autolaunch().is_enabled().map_err(|error| error.to_string())
}

/// Starts Deskbell at login, or no longer.
#[tauri::command]
pub(crate) fn set_autostart(app: AppHandle, on: bool) -> Answer<()> {
    let launcher = app.autolaunch();
    let enabled = launcher.is_enabled().map_err(|error| error.to_string())?;
    let done = match (enabled, on) {
        (false, true) => launcher.enable(),
        (true, false) => launcher.disable(),
        _ => Ok(()),
    };
    done.map_err(|error| format!("The system did not take it: {error}"))
}

/// Opens the folder with the logs in the file manager.
#[tauri::command]
pub(crate) fn open_log_folder(app: AppHandle, desk: State<'_, Desk>) -> Answer<()> {
    let folder = deskbell_core::logging::folder(desk.data_dir());
    app.opener()
        .open_path(folder.to_string_lossy(), None::<&str>)
        .map_err(|error| format!("{} did not open: {error}", folder.display()))
}

/// Opens a web address, a mail address or a phone number with the system.
#[tauri::command]
pub(crate) fn open_external(app: AppHandle, url: Url) -> Answer<()> {
    if window::open_outside(&app, &url) {
        Ok(())
    } else {
        Err("The system did not open this address.".to_owned())
    }
}
