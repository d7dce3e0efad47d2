//! The line that goes into the pages of a website, and what strict pages have to allow for it.

use super::is_site;
use crate::access::Caller;
use crate::app::App;
use crate::error::{Error, Result};
use crate::model::{ChannelId, ChatSnippet};
use crate::store::{channels, settings};

/// What goes into the pages of the website.
pub async fn of_site(app: &App, caller: &Caller, channel: ChannelId) -> Result<ChatSnippet> {
    caller.must_administer()?;
    let (row, public) = app
        .db()
        .read(move |c| {
            let row = channels::get(c, channel)?.filter(|row| is_site(&row.provider));
            Ok((row.ok_or(Error::NotFound("site"))?, settings::public_url(c)?))
        })
        .await?;
    let needs_public_url = public.is_none();
    let origin = public.unwrap_or_else(|| format!("http://{}", app.public_addr()));
    Ok(snippet_for(&origin, &row.token, needs_public_url))
}

fn snippet_for(origin: &str, token: &str, needs_public_url: bool) -> ChatSnippet {
    let script_url = format!("{origin}/chat/{token}/widget.js");
    let line = origin.replacen("http", "ws", 1);
    ChatSnippet {
        snippet: format!("<script src=\"{script_url}\" async></script>"),
        script_url,
        csp: vec![
            format!("script-src {origin}"),
            format!("connect-src {origin} {line}"),
            format!("img-src {origin} blob: data:"),
        ],
        needs_public_url,
        test_path: format!("/chat-test/{token}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_snippet_is_one_line_and_its_policy_names_the_desk() {
        let found = snippet_for("https://desk.example.com", "t0", false);
        assert_eq!(
            found.snippet,
            "<script src=\"https://desk.example.com/chat/t0/widget.js\" async></script>"
        );
        assert_eq!(found.csp[1], "connect-src https://desk.example.com wss://desk.example.com");
    }
}
