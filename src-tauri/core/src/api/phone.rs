//! Telephone numbers as a person types them.

use axum::extract::State;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::extract::{Json, Query};
use super::problem::Problems;
use crate::access::Caller;
use crate::app::App;
use crate::error::{Error, Result};
use crate::phone;
use crate::store::settings;

/// The operations.
pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(check_phone))
}

/// What was typed.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct PhoneQuery {
    /// The number as it was typed.
    #[param(max_length = 100)]
    number: String,
    /// Two-letter country for numbers without `+`; the desk's own when left out.
    #[param(min_length = 2, max_length = 2, pattern = "^[A-Za-z]{2}$")]
    country: Option<String>,
}

/// What became of a typed number.
#[derive(Debug, Serialize, ToSchema)]
struct PhoneCheck {
    /// Whether it can be a telephone number.
    valid: bool,
    /// `+` and digits.
    e164: Option<String>,
    /// Its two-letter country, if it tells one.
    country: Option<String>,
    /// How people read it.
    shown: Option<String>,
    /// What is wrong with it, one sentence.
    problem: Option<String>,
}

/// Reads a telephone number.
#[utoipa::path(get, path = "/phone", tag = "contacts", params(PhoneQuery),
    responses((status = 200, description = "What it is.", body = PhoneCheck), Problems))]
async fn check_phone(
    State(app): State<App>,
    _caller: Caller,
    Query(query): Query<PhoneQuery>,
) -> Result<Json<PhoneCheck>> {
    let country = match query.country {
        Some(country) if country.len() == 2 && country.bytes().all(|b| b.is_ascii_alphabetic()) => {
            country
        }
        Some(_) => return Err(Error::field("country", "Enter the two letters of a country.")),
        None => app.db().read(settings::country).await?,
    };
    if query.number.chars().count() > 100 {
        return Err(Error::field("number", "At most 100 characters, please."));
    }
    Ok(Json(match phone::parse(&query.number, &country) {
        Ok(found) => PhoneCheck {
            valid: true,
            shown: Some(phone::shown(&found.e164)),
            e164: Some(found.e164),
            country: found.country,
            problem: None,
        },
        Err(problem) => PhoneCheck {
            valid: false,
            e164: None,
            country: None,
            shown: None,
            problem: Some(problem.to_owned()),
        },
    }))
}
