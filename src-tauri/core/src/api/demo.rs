//! The demo: playing the customer, and the faults that can be switched on.

use axum::extract::State;
use axum::http::StatusCode;
use deskbell_channels::simulated::engine::{Fault, Faults};
use deskbell_channels::simulated::personas::PERSONAS;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::extract::{Json, Query};
use super::problem::Problems;
use crate::access::Caller;
use crate::app::App;
use crate::error::{Error, Result};
use crate::fields::Fields;
use crate::model::{ChannelId, Message};
use crate::{clock, demo};

/// The operations.
pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(get_demo, add_demo, remove_demo))
        .routes(routes!(write_as_customer))
        .routes(routes!(set_demo_faults))
}

/// A customer who does not exist.
#[derive(Debug, Serialize, ToSchema)]
struct DemoPersona {
    /// Id and address.
    id: &'static str,
    /// Name.
    name: &'static str,
    /// A few words about them.
    about: &'static str,
    /// What they write first.
    lines: Vec<&'static str>,
    /// Whether a photo comes with one of the lines.
    photo: bool,
}

/// Which faults are on.
#[derive(Debug, Default, Serialize, ToSchema)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch")]
struct DemoFaults {
    /// Everything comes three times.
    duplicate: bool,
    /// News comes in the wrong order.
    out_of_order: bool,
    /// The provider says: too many messages.
    rate_limited: bool,
    /// The provider does not know our key.
    refused: bool,
    /// Messages do not arrive.
    failed: bool,
    /// The provider never answers.
    uncertain: bool,
    /// What customers write cannot be read.
    unparsable: bool,
}

impl DemoFaults {
    fn of(faults: &Faults) -> Self {
        Self {
            duplicate: faults.has(Fault::Duplicate),
            out_of_order: faults.has(Fault::OutOfOrder),
            rate_limited: faults.has(Fault::RateLimited),
            refused: faults.has(Fault::Refused),
            failed: faults.has(Fault::Failed),
            uncertain: faults.has(Fault::Uncertain),
            unparsable: faults.has(Fault::Unparsable),
        }
    }
}

/// The demo as its pane shows it.
#[derive(Debug, Serialize, ToSchema)]
struct Demo {
    /// Its channel.
    channel_id: ChannelId,
    /// Its number.
    number: &'static str,
    /// Who can be played.
    personas: Vec<DemoPersona>,
    /// Which faults are on.
    faults: DemoFaults,
    /// What the asked persona's phone shows, oldest first.
    conversation: Vec<Message>,
}

/// Whose phone is wanted.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct DemoQuery {
    /// Id of a persona.
    #[param(max_length = 40)]
    persona: Option<String>,
}

/// The demo: personas, faults, and what one persona's phone shows.
#[utoipa::path(get, path = "/demo", tag = "demo", params(DemoQuery),
    responses((status = 200, body = Demo), Problems))]
async fn get_demo(
    State(app): State<App>,
    _caller: Caller,
    Query(query): Query<DemoQuery>,
) -> Result<Json<Demo>> {
    let live = demo::live(&app)?;
    let conversation = match &query.persona {
        Some(id) => demo::conversation(&app, demo::persona(id)?).await?,
        None => Vec::new(),
    };
    let faults = Faults::of(&demo::form(&app, live.id).await?);
    let personas = PERSONAS.iter().map(|persona| DemoPersona {
        id: persona.id,
        name: persona.name,
        about: persona.about,
        lines: persona.opening.iter().map(|line| line.text).collect(),
        photo: persona.opening.iter().any(|line| line.photo),
    });
    Ok(Json(Demo {
        channel_id: live.id,
        number: demo::NUMBER,
        personas: personas.collect(),
        faults: DemoFaults::of(&faults),
        conversation,
    }))
}

/// Brings the demo back after it was removed.
#[utoipa::path(post, path = "/demo", tag = "demo",
    responses((status = 204), Problems))]
async fn add_demo(State(app): State<App>, caller: Caller) -> Result<StatusCode> {
    caller.must_administer()?;
    demo::install(&app, clock::now()).await?;
    app.db().write(move |tx| demo::welcome(tx, caller.user)).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Removes the demo: its sessions end, its channel goes.
#[utoipa::path(delete, path = "/demo", tag = "demo",
    responses((status = 204), Problems))]
async fn remove_demo(State(app): State<App>, caller: Caller) -> Result<StatusCode> {
    caller.must_administer()?;
    demo::remove(&app, &caller).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// What a customer of the demo writes.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct CustomerLine {
    /// Id of a persona.
    #[schema(max_length = 40)]
    persona: String,
    /// The text; neither text nor photo: the persona plays the beginning of their script.
    #[serde(default)]
    #[schema(max_length = 1600)]
    text: Option<String>,
    /// Send the photo.
    #[serde(default)]
    photo: bool,
}

/// Writes as a customer of the demo.
#[utoipa::path(post, path = "/demo/messages", tag = "demo", request_body = CustomerLine,
    responses((status = 204), Problems))]
async fn write_as_customer(
    State(app): State<App>,
    _caller: Caller,
    Json(line): Json<CustomerLine>,
) -> Result<StatusCode> {
    let mut fields = Fields::new();
    let text = fields.text("text", line.text.as_deref().unwrap_or_default(), 1_600);
    fields.finish()?;
    let who = demo::persona(&line.persona)?;
    let text = Some(text).filter(|text| !text.trim().is_empty());
    if text.is_none() && !line.photo {
        demo::play(&app, who).await?;
    } else {
        demo::say(&app, who, text, line.photo).await?;
    }
    Ok(StatusCode::NO_CONTENT)
}

/// Faults to switch; what is left out stays as it is.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
struct FaultChange {
    /// Everything comes three times.
    duplicate: Option<bool>,
    /// News comes in the wrong order.
    out_of_order: Option<bool>,
    /// The provider says: too many messages.
    rate_limited: Option<bool>,
    /// The provider does not know our key.
    refused: Option<bool>,
    /// Messages do not arrive.
    failed: Option<bool>,
    /// The provider never answers.
    uncertain: Option<bool>,
    /// What customers write cannot be read.
    unparsable: Option<bool>,
}

/// Switches faults of the demo on and off, for administrators.
#[utoipa::path(patch, path = "/demo/faults", tag = "demo", request_body = FaultChange,
    responses((status = 200, body = DemoFaults), Problems))]
async fn set_demo_faults(
    State(app): State<App>,
    caller: Caller,
    Json(change): Json<FaultChange>,
) -> Result<Json<DemoFaults>> {
    caller.must_administer()?;
    let wanted = [
        (Fault::Duplicate, change.duplicate),
        (Fault::OutOfOrder, change.out_of_order),
        (Fault::RateLimited, change.rate_limited),
        (Fault::Refused, change.refused),
        (Fault::Failed, change.failed),
        (Fault::Uncertain, change.uncertain),
        (Fault::Unparsable, change.unparsable),
    ];
    let changes = wanted.iter().filter_map(|(fault, on)| Some((fault.field(), (*on)?))).collect();
    demo::set_faults(&app, changes).await?;
    let live = demo::live(&app)?;
    let form = demo::form(&app, live.id).await.map_err(|_| Error::NotFound("demo channel"))?;
    Ok(Json(DemoFaults::of(&Faults::of(&form))))
}
