//! "Check my page": whether a page of the website carries the chat, in plain words.
//!
//! The page is fetched through the guard for addresses that come from outside, for a while and up
//! to a size. What it says is read, and nothing of it is kept.

use url::Url;

use super::settings::is_own_page;
use crate::access::Caller;
use crate::app::App;
use crate::error::{Error, Result};
use crate::media::{self, Page};
use crate::model::{ChannelId, ChatCheck, ChatPageState, ChatSettings};
use crate::store::{channels, chat_sites, settings};

/// Fetches a page and looks for the chat of a site, for administrators.
pub async fn check(
    app: &App,
    caller: &Caller,
    channel: ChannelId,
    address: &str,
) -> Result<ChatCheck> {
    caller.must_administer()?;
    let (token, chosen, origin) = app
        .db()
        .read(move |c| {
            let row = channels::get(c, channel)?.ok_or(Error::NotFound("site"))?;
            let chosen = chat_sites::settings(c, channel)?.ok_or(Error::NotFound("site"))?;
            Ok((row.token, chosen, settings::public_url(c)?))
        })
        .await?;
    let url = asked(address)?;
    let own = origin.unwrap_or_else(|| format!("http://{}", app.public_addr()));
    Ok(match media::fetch_page(app, url.clone()).await {
        Ok(page) => verdict(&page, &token, &chosen, &own),
        Err(reason) => ChatCheck {
            state: ChatPageState::Unreachable,
            words: format!("The page could not be fetched: {reason}."),
            url: url.to_string(),
        },
    })
}

/// The address as it was meant: without a scheme it is an ordinary page.
fn asked(address: &str) -> Result<Url> {
    let address = address.trim();
    let whole =
        if address.contains("://") { address.to_owned() } else { format!("https://{address}") };
    let url = Url::parse(&whole).ok();
    let url = url.filter(|url| matches!(url.scheme(), "http" | "https") && url.has_host());
    url.filter(|url| url.as_str().len() <= 2_000 && url.username().is_empty()).ok_or_else(|| {
        Error::field("url", "Enter the address of a page, such as https://www.shop.example/.")
    })
}

/// What a page says of the chat. Pure.
fn verdict(page: &Page, token: &str, chosen: &ChatSettings, own: &str) -> ChatCheck {
    let told = |state, words: &str| ChatCheck {
        state,
        words: words.to_owned(),
        url: page.url.to_string(),
    };
    let scripts = scripts(&page.text);
    let Some((origin, _)) = scripts.iter().find(|(_, found)| *found == token) else {
        if scripts.is_empty() {
            return told(
                ChatPageState::NotFound,
                "The page does not carry the chat yet. Paste the snippet just before </body>, publish the page and empty the cache of your website.",
            );
        }
        return told(
            ChatPageState::OtherSite,
            "The page carries a chat, but not this one. Copy the snippet of this channel and paste it in its place.",
        );
    };
    if *origin != own {
        return told(
            ChatPageState::OtherSite,
            "The page carries this chat under an address that this desk does not have any more. Copy the snippet again and paste it in its place.",
        );
    }
    if !is_own_page(chosen, &page.url) {
        return told(
            ChatPageState::WrongDomain,
            "The page carries the chat, but its domain is not among those of this channel, so that the chat does not load there. Add the domain under General.",
        );
    }
    told(ChatPageState::Found, "The page carries the chat, and it loads there.")
}

/// Every script of a chat in a page: its origin and its token.
fn scripts(text: &str) -> Vec<(&str, &str)> {
    const END: &str = "/widget.js";
    const BEGIN: &str = "/chat/";
    let mut found = Vec::new();
    for (at, _) in text.match_indices(END) {
        let Some(before) = text.get(..at) else { continue };
        let Some(begin) = before.rfind(BEGIN) else { continue };
        let token = before.get(begin + BEGIN.len()..).unwrap_or_default();
        let is_token = token.len() == 32 && token.bytes().all(|byte| byte.is_ascii_hexdigit());
        let origin = before.get(..begin).unwrap_or_default();
        let start = origin.rfind(['"', '\'', ' ', '=', '>']).map_or(0, |quote| quote + 1);
        if is_token {
            found.push((origin.get(start..).unwrap_or_default(), token));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chat::settings::usual;

    const OWN: &str = "https://desk.example.com";
    const TOKEN: &str = "0123456789abcdef0123456789abcdef";

    fn check(url: &str, text: &str, expected: ChatPageState) {
        let page = Page { url: Url::parse(url).unwrap(), text: text.to_owned() };
        let chosen = ChatSettings { domains: vec!["www.shop.example".into()], ..usual() };
        let found = verdict(&page, TOKEN, &chosen, OWN);
        assert_eq!(found.state, expected, "{url} {text}: {}", found.words);
    }

    #[test]
    fn a_page_is_told_by_what_it_carries() {
        let snippet = format!("<body><script src=\"{OWN}/chat/{TOKEN}/widget.js\" async></script>");
        let page = "https://www.shop.example/start";
        check(page, &snippet, ChatPageState::Found);
        check(page, &snippet.replace('"', "'"), ChatPageState::Found);
        check(page, &snippet.replace('"', ""), ChatPageState::Found);
        check("https://shop.example/", &snippet, ChatPageState::WrongDomain);
        check(page, "<body>Hello</body>", ChatPageState::NotFound);
        check(page, "<script src=\"/widget.js\"></script>", ChatPageState::NotFound);
        check(page, &snippet.replace(TOKEN, &"f".repeat(32)), ChatPageState::OtherSite);
        check(page, &snippet.replace("desk.", "old."), ChatPageState::OtherSite);
        let both = format!("{}{snippet}", snippet.replace(TOKEN, &"f".repeat(32)));
        check(page, &both, ChatPageState::Found);
        check(page, &"ä/widget.js/chat/".repeat(9), ChatPageState::NotFound);
    }

    #[test]
    fn an_address_may_be_typed_as_people_do() {
        for (typed, expected) in [
            ("www.shop.example", Some("https://www.shop.example/")),
            (" http://shop.example/x ", Some("http://shop.example/x")),
            ("ftp://shop.example", None),
            ("", None),
            ("https://user@shop.example/", None),
        ] {
            assert_eq!(asked(typed).ok().as_ref().map(Url::as_str), expected, "{typed}");
        }
    }
}
