//! The one window: where it may go, what it may fetch, how it comes to the front. Knows nothing
//! of the desk but its address.

use std::borrow::Cow;

use tauri::http::header::CONTENT_SECURITY_POLICY;
use tauri::http::{HeaderValue, Response};
use tauri::webview::{DownloadEvent, NewWindowResponse, PermissionKind, PermissionResponse};
use tauri::{AppHandle, Emitter as _, Manager as _, Url, Webview, WebviewUrl, WebviewWindow};
use tauri_plugin_opener::OpenerExt as _;

use crate::desk::Desk;
use crate::joining::Address;
use crate::links::{Way, way};

/// Label of the window in capabilities and events.
pub(crate) const MAIN: &str = "main";

/// Opens the window, visible or waiting in the tray.
pub(crate) fn open(app: &AppHandle, visible: bool) -> tauri::Result<WebviewWindow> {
    let desk = app.state::<Desk>();
    let joined = desk.joined();
    let (navigator, opener) = (app.clone(), app.clone());
    WebviewWindow::builder(app, MAIN, WebviewUrl::App("index.html".into()))
        .title("Deskbell")
        .inner_size(1280.0, 820.0)
        .min_inner_size(380.0, 520.0)
        .center()
        .visible(visible)
        // Sign-in and settings of the page live with the rest of the data.
        .data_directory(desk.data_dir().join("window"))
        // Files are dropped onto the page itself.
        .disable_drag_drop_handler()
        .on_navigation(move |url| stays_inside(&navigator, url))
        .on_new_window(move |url, _features| {
            open_outside(&opener, &url);
            NewWindowResponse::Deny
        })
        .on_permission_request(|_webview, kind| permit(kind))
        .on_web_resource_request(move |_request, response| admit(joined.as_ref(), response))
        .on_download(|webview, event| download(&webview, event))
        .build()
}

/// Brings the window to the front, wherever it was.
pub(crate) fn show(app: &AppHandle) {
    let Some(window) = app.get_webview_window(MAIN) else { return };
    let shown = window.show().and_then(|()| window.unminimize()).and_then(|()| window.set_focus());
    if let Err(error) = shown {
        tracing::warn!(%error, "the window did not come to the front");
    }
}

/// Hands an address to the system if it is one that people open: web, mail, phone.
pub(crate) fn open_outside(app: &AppHandle, url: &Url) -> bool {
    if way(url, tauri::is_dev()) != Way::Outside {
        tracing::warn!(scheme = url.scheme(), "an address was not opened");
        return false;
    }
    let opened = app.opener().open_url(url.as_str(), None::<&str>);
    if let Err(error) = &opened {
        tracing::warn!(%error, "the system did not open an address");
    }
    opened.is_ok()
}

/// The page talks with visitors, where the window carries a voice. It asks for nothing else, and no
/// other page is ever in the window.
fn permit(kind: PermissionKind) -> PermissionResponse {
    if matches!(kind, PermissionKind::Microphone) {
        PermissionResponse::Allow
    } else {
        PermissionResponse::Deny
    }
}

fn stays_inside(app: &AppHandle, url: &Url) -> bool {
    let inside = way(url, tauri::is_dev()) == Way::Inside;
    if !inside {
        open_outside(app, url);
    }
    inside
}

/// The page's policy admits this machine's own desk; a joined one is added here, and only it.
fn admit(joined: Option<&Address>, response: &mut Response<Cow<'static, [u8]>>) {
    let Some(desk) = joined else { return };
    let headers = response.headers_mut();
    let Some(policy) = headers.get(CONTENT_SECURITY_POLICY).and_then(|policy| policy.to_str().ok())
    else {
        return;
    };
    if let Ok(policy) = HeaderValue::from_str(&desk.admitted_to(policy)) {
        headers.insert(CONTENT_SECURITY_POLICY, policy);
    }
}

/// Files that the page put together go to the download folder; the page is told when they are there.
fn download(webview: &Webview, event: DownloadEvent<'_>) -> bool {
    match event {
        DownloadEvent::Requested { url, .. } => {
            url.scheme() == "blob" && way(&url, tauri::is_dev()) == Way::Inside
        }
        DownloadEvent::Finished { path, success, .. } => {
            let name = path.as_deref().and_then(|path| path.file_name());
            let name = name.map(|name| name.to_string_lossy().into_owned());
            let saved = serde_json::json!({ "saved": success, "name": name });
            if let Err(error) = webview.emit_to(MAIN, "file-saved", saved) {
                tracing::warn!(%error, "the page was not told of a saved file");
            }
            true
        }
        _ => false,
    }
}
