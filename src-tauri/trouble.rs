//! The window that is shown when the desk cannot open: what happened, where the data is, and the
//! ways out. It stands alone: no script, no command, three links that the shell understands.

use std::path::Path;

use tauri::http::Response;
use tauri::{AppHandle, Manager as _, Url, WebviewUrl, WebviewWindow};
use tauri_plugin_opener::OpenerExt as _;

use crate::window;

/// The scheme that serves the page.
pub(crate) const SCHEME: &str = "trouble";
/// Label of the window.
pub(crate) const LABEL: &str = "trouble";

const PAGE: &str = include_str!("trouble.html");
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; \
                      form-action 'none'; frame-ancestors 'none'";

/// What is shown.
struct Trouble {
    sentence: String,
    folder: String,
}

/// Replaces the main window by one that says what is wrong.
pub(crate) fn show(app: &AppHandle, sentence: &str, data_dir: &Path) {
    let folder = data_dir.display().to_string();
    app.manage(Trouble { sentence: sentence.to_owned(), folder });
    if let Err(error) = open(app) {
        tracing::error!(%error, "the trouble window did not open");
        app.exit(1);
    }
}

fn open(app: &AppHandle) -> tauri::Result<()> {
    let handle = app.clone();
    let data_dir = app.state::<crate::desk::Desk>().data_dir().join("window");
    WebviewWindow::builder(app, LABEL, WebviewUrl::CustomProtocol(address()?))
        .title("Deskbell")
        .inner_size(560.0, 400.0)
        .center()
        .data_directory(data_dir)
        .on_navigation(move |url| follow(&handle, url))
        .build()?;
    if let Some(main) = app.get_webview_window(window::MAIN) {
        main.destroy()?;
    }
    Ok(())
}

fn address() -> tauri::Result<Url> {
    // Windows and Android serve custom schemes as http hosts.
    let address = if cfg!(windows) { "http://trouble.localhost/" } else { "trouble://localhost/" };
    Url::parse(address).map_err(tauri::Error::InvalidUrl)
}

/// The page with the sentence filled in.
pub(crate) fn page(app: &AppHandle) -> Response<Vec<u8>> {
    let (sentence, folder) = app
        .try_state::<Trouble>()
        .map(|trouble| (trouble.sentence.clone(), trouble.folder.clone()))
        .unwrap_or_default();
    let mut response = Response::new(fill(&sentence, &folder).into_bytes());
    let headers = response.headers_mut();
    headers
        .insert("content-type", tauri::http::HeaderValue::from_static("text/html; charset=utf-8"));
    headers.insert("content-security-policy", tauri::http::HeaderValue::from_static(POLICY));
    response
}

fn fill(sentence: &str, folder: &str) -> String {
    let mut letters = sentence.chars();
    let sentence = letters.next().map_or_else(String::new, |first| {
        let stop = if sentence.ends_with(['.', '!', '?']) { "" } else { "." };
        format!("{}{}{stop}", first.to_uppercase(), letters.as_str())
    });
    PAGE.replace("{{folder}}", &escape(folder)).replace("{{sentence}}", &escape(&sentence))
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// Acts on a link of the page. Only the page itself is ever loaded.
fn follow(app: &AppHandle, url: &Url) -> bool {
    match url.path() {
        "/" => return url.scheme() == SCHEME || url.host_str() == Some("trouble.localhost"),
        "/again" => app.request_restart(),
        "/folder" => {
            let folder = app.state::<crate::desk::Desk>().data_dir().to_string_lossy().into_owned();
            if let Err(error) = app.opener().open_path(folder, None::<&str>) {
                tracing::warn!(%error, "the data folder did not open");
            }
        }
        "/quit" => app.exit(1),
        _ => {}
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sentence_stands_on_the_page_as_text() {
        let page = fill("the database is <damaged>", "/home/a&b");
        assert!(page.contains("The database is &lt;damaged&gt;."), "{page}");
        assert!(page.contains("/home/a&amp;b"), "{page}");
        assert!(!page.contains("{{"), "{page}");
    }
}
