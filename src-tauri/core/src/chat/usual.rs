//! What a new site begins with: looks, and what it says to visitors until an administrator has other
//! words. They are visitors' words, not the desk's.

use crate::model::{
    AgentInfo, ChatAppearance, ChatAutomatic, ChatLanguage, ChatLauncher, ChatMessages, ChatMode,
    ChatSettings, ChatSide, ChatTheme, PreChat, PreChatField, PreChatId, VisitorsMaySend,
};

/// Minutes of silence after which a chat closes, until somebody says otherwise.
const SILENCE: u32 = 60;

/// What a new site begins with.
pub fn usual() -> ChatSettings {
    ChatSettings {
        domains: Vec::new(),
        mode: ChatMode::Chat,
        max_calls: 5,
        visitors_may_send: VisitorsMaySend::TextAndImages,
        close_after_minutes: Some(SILENCE),
        max_chats: None,
        appearance: ChatAppearance {
            theme: ChatTheme::Auto,
            colour: "#1f5b4c".to_owned(),
            launcher: ChatLauncher::Bubble,
            icon: 1,
            side: ChatSide::Right,
            offset_x: 20,
            offset_y: 20,
            title: String::new(),
            subtitle: String::new(),
            logo_file_id: None,
            agent_info: AgentInfo::Name,
            default_agent_name: String::new(),
            default_agent_photo: None,
        },
        messages: ChatMessages {
            language: ChatLanguage::Auto,
            pre_chat: PreChat {
                on: false,
                fields: PreChatId::ALL.map(usual_field).to_vec(),
                consent: String::new(),
            },
            online_greeting: said("Hello! How can we help you?"),
            offline_greeting: said("We are away, leave us a message!"),
            first_answer: said(
                "Hello, thank you for contacting us. We have received your message.",
            ),
            closed: said(
                "This chat session has ended. Please feel free to contact us if you have any \
                 further questions.",
            ),
        },
        ice_servers: Vec::new(),
    }
}

fn said(text: &str) -> ChatAutomatic {
    ChatAutomatic { on: true, text: text.to_owned() }
}

/// Name and e-mail address are asked for, the rest is not.
fn usual_field(id: PreChatId) -> PreChatField {
    let show = matches!(id, PreChatId::Name | PreChatId::Email);
    PreChatField { id, show, required: false, label: String::new() }
}
