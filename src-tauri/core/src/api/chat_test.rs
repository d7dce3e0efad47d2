//! The test page of a site: a plain page of the desk itself with the real widget, so that a newcomer
//! chats with themselves in a minute. It works on this computer, without a public address.

use axum::extract::{Path, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

use super::guard::Distance;
use crate::app::App;
use crate::model::ChannelState;

/// The page; `{name}` and `{script}` are filled in.
const PAGE: &str = include_str!("chat_test.html");

/// Shows the test page of a site that is there, to whoever sits at this computer.
pub(super) async fn show(
    State(app): State<App>,
    distance: Distance,
    Path(site): Path<String>,
) -> Response {
    let found = app.chat().sites().get(&app, &site).await;
    let site = match (distance, found) {
        (Distance::Here, Ok(Some(site))) if site.row.state != ChannelState::Disabled => site,
        (_, Err(error)) => return error.into_response(),
        _ => return StatusCode::NOT_FOUND.into_response(),
    };
    let desk = format!("http://{}", app.public_addr());
    let script = format!("{desk}/chat/{}/widget.js", site.token);
    let page = PAGE.replace("{name}", &escaped(&site.row.name)).replace("{script}", &script);
    let line = desk.replacen("http", "ws", 1);
    let policy = format!(
        "default-src 'none'; script-src {desk}; connect-src {desk} {line}; img-src {desk} blob: data:; \
         media-src {desk}; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; \
         frame-ancestors 'none'"
    );
    let mut response = ([(header::CONTENT_TYPE, "text/html; charset=utf-8")], page).into_response();
    if let Ok(policy) = HeaderValue::from_str(&policy) {
        response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    response
}

/// A name as text of a page.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_text_and_nothing_else() {
        assert_eq!(escaped("<b>\"A&B\"</b>"), "&lt;b&gt;&quot;A&amp;B&quot;&lt;/b&gt;");
        assert_eq!(PAGE.matches("{script}").count(), 1);
    }
}
