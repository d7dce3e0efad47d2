//! What a visitor reads whose call nobody answered, in their language. Pure.

use crate::model::{ChatCallReason, ChatCallState, ChatCaller, ChatLanguage, Time};

/// Who gives up sooner than this, in milliseconds, did not wait for anybody.
const A_MOMENT: Time = 3_000;

/// Whether a visitor is told that it is a pity: nobody answered their call.
pub(super) fn is_due(
    by: ChatCaller,
    state: ChatCallState,
    reason: Option<ChatCallReason>,
    rang_for: Time,
) -> bool {
    if by == ChatCaller::Agent {
        return false;
    }
    match state {
        ChatCallState::Declined => true,
        ChatCallState::Missed => reason != Some(ChatCallReason::GivenUp) || rang_for >= A_MOMENT,
        ChatCallState::Ringing
        | ChatCallState::Connected
        | ChatCallState::Ended
        | ChatCallState::Failed => false,
    }
}

/// The sentence, in the language of the site, or else of the visitor's browser (`pt-BR`).
pub(super) fn text(language: ChatLanguage, browser: &str) -> &'static str {
    let code = match language {
        ChatLanguage::Auto => browser.split(['-', '_']).next().unwrap_or_default(),
        fixed => fixed.as_str(),
    };
    match code.to_ascii_lowercase().as_str() {
        "de" => {
            "Leider konnten wir Ihren Anruf nicht annehmen. Schreiben Sie uns hier, wir antworten \
             Ihnen."
        }
        "es" => {
            "Lo sentimos, no hemos podido atender su llamada. Escríbanos aquí y le responderemos."
        }
        "fr" => {
            "Désolés, nous n’avons pas pu prendre votre appel. Écrivez-nous ici et nous vous \
             répondrons."
        }
        "pt" => "Desculpe, não conseguimos atender sua ligação. Escreva aqui e responderemos.",
        "zh" => "抱歉，我们未能接听您的来电。请在这里留言，我们会回复您。",
        "ar" => "عذرًا، لم نتمكن من الرد على مكالمتك. اكتب لنا هنا وسنجيبك.",
        _ => "Sorry, we could not take your call. Write to us here and we will answer.",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_visitor_who_waited_for_an_answer_hears_it() {
        use ChatCallReason::{GivenUp, LineLost, NoAnswer, NoMedia};
        use ChatCallState::{Declined, Ended, Failed, Missed};
        let visitor = ChatCaller::Visitor;
        for (by, state, reason, rang_for, expected) in [
            (visitor, Missed, Some(NoAnswer), 30_000, true),
            (visitor, Missed, Some(LineLost), 20_000, true),
            (visitor, Missed, Some(GivenUp), 10_000, true),
            (visitor, Missed, Some(GivenUp), 1_000, false),
            (visitor, Declined, None, 100, true),
            (visitor, Ended, None, 5_000, false),
            (visitor, Failed, Some(NoMedia), 5_000, false),
            (ChatCaller::Agent, Missed, Some(NoAnswer), 30_000, false),
            (ChatCaller::Agent, Declined, None, 5_000, false),
        ] {
            assert_eq!(
                is_due(by, state, reason, rang_for),
                expected,
                "{by:?} {state:?} {reason:?}"
            );
        }
    }

    #[test]
    fn the_site_says_in_which_language_or_else_the_browser() {
        assert!(text(ChatLanguage::Auto, "de-AT").starts_with("Leider"));
        assert!(text(ChatLanguage::Auto, "pt_BR").starts_with("Desculpe"));
        assert!(text(ChatLanguage::Auto, "xx").starts_with("Sorry"));
        assert!(text(ChatLanguage::Auto, "").starts_with("Sorry"));
        assert!(text(ChatLanguage::French, "de").starts_with("Désolés"));
        let all: std::collections::HashSet<_> = ["en", "de", "es", "fr", "pt", "zh", "ar"]
            .iter()
            .map(|code| text(ChatLanguage::Auto, code))
            .collect();
        assert_eq!(all.len(), 7);
    }
}
