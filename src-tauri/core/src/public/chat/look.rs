//! How a chat looks: what the script needs before there is a line, and nothing more.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, Method, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::Serialize;

use super::super::Door;
use crate::chat::sites::Site;
use crate::model::{
    ChatLanguage, ChatLauncher, ChatMode, ChatSide, ChatTheme, FileId, PreChatField, PreChatId,
    VisitorsMaySend,
};

/// What the widget is told; its own types are the same.
#[derive(Serialize)]
struct Look<'a> {
    mode: ChatMode,
    images: bool,
    language: ChatLanguage,
    appearance: Appearance<'a>,
    pre_chat: PreChat<'a>,
}

#[derive(Serialize)]
struct Appearance<'a> {
    theme: ChatTheme,
    colour: &'a str,
    launcher: ChatLauncher,
    icon: u8,
    side: ChatSide,
    offset_x: u32,
    offset_y: u32,
    title: &'a str,
    subtitle: &'a str,
    logo: Option<String>,
    agent_name: &'a str,
    agent_photo: Option<String>,
}

#[derive(Serialize)]
struct PreChat<'a> {
    on: bool,
    fields: Vec<Field<'a>>,
    consent: &'a str,
}

#[derive(Serialize)]
struct Field<'a> {
    id: PreChatId,
    required: bool,
    label: &'a str,
}

impl<'a> Field<'a> {
    fn of(field: &'a PreChatField) -> Self {
        Self { id: field.id, required: field.required, label: &field.label }
    }
}

/// Path of a picture that a site shows.
pub(super) fn picture(site: &Site, file: FileId) -> String {
    format!("/chat/{}/pictures/{file}", site.token)
}

fn look(site: &Site) -> Look<'_> {
    let settings = site.settings();
    let of = &settings.appearance;
    let form = &settings.messages.pre_chat;
    Look {
        mode: settings.mode,
        images: settings.visitors_may_send == VisitorsMaySend::TextAndImages,
        language: settings.messages.language,
        appearance: Appearance {
            theme: of.theme,
            colour: &of.colour,
            launcher: of.launcher,
            icon: of.icon,
            side: of.side,
            offset_x: of.offset_x,
            offset_y: of.offset_y,
            title: &of.title,
            subtitle: &of.subtitle,
            logo: of.logo_file_id.map(|file| picture(site, file)),
            agent_name: &of.default_agent_name,
            agent_photo: of.default_agent_photo.map(|file| picture(site, file)),
        },
        pre_chat: PreChat {
            on: form.on,
            fields: form.fields.iter().filter(|one| one.show).map(Field::of).collect(),
            consent: &form.consent,
        },
    }
}

/// Tells a page of the website how its chat looks.
pub(super) async fn show(
    State(door): State<Arc<Door>>,
    Path(site): Path<String>,
    method: Method,
    headers: HeaderMap,
) -> Response {
    if !matches!(method, Method::GET | Method::HEAD) {
        return StatusCode::NOT_FOUND.into_response();
    }
    match super::guest(&door, &site, &headers).await {
        Ok(guest) => {
            let body = Json(look(&guest.site)).into_response();
            guest.may_read(body)
        }
        Err(response) => response,
    }
}
