//! A text as a QR code: squares, not markup. Whoever is signed in may ask for any short text.

use qrcode::{Color, EcLevel, QrCode};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::extract::Json;
use super::problem::Problems;
use crate::access::Caller;
use crate::app::App;
use crate::error::{Error, Result};

/// Characters of a text that a telephone's camera still reads easily.
const LONGEST: usize = 500;

/// The operations.
pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(draw_qr))
}

/// What the code says.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct QrText {
    /// The text, usually an address.
    #[schema(min_length = 1, max_length = 500)]
    text: String,
}

/// A QR code.
#[derive(Debug, Serialize, ToSchema)]
struct Qr {
    /// Rows from the top: `#` a dark square, `.` a light one. Leave four squares free around it.
    rows: Vec<String>,
}

/// Draws a short text as a QR code.
#[utoipa::path(post, path = "/qr", tag = "desk", request_body = QrText,
    responses((status = 200, description = "The squares.", body = Qr), Problems))]
async fn draw_qr(_: Caller, Json(wish): Json<QrText>) -> Result<Json<Qr>> {
    if wish.text.is_empty() || wish.text.chars().count() > LONGEST {
        return Err(Error::field("text", "Give 1 to 500 characters."));
    }
    let code = QrCode::with_error_correction_level(&wish.text, EcLevel::M)
        .map_err(|_| Error::field("text", "This does not fit into a code."))?;
    let square = |color: &Color| match color {
        Color::Dark => '#',
        Color::Light => '.',
    };
    let colors = code.to_colors();
    let rows = colors.chunks(code.width()).map(|row| row.iter().map(square).collect());
    Ok(Json(Qr { rows: rows.collect() }))
}
