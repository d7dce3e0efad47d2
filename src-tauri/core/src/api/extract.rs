//! Reading requests: axum's extractors, with refusals that look like every other refusal.

use std::marker::PhantomData;

use axum::extract::rejection::{JsonRejection, PathRejection, QueryRejection};
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::response::{IntoResponse, Response};
use serde::de::value::MapAccessDeserializer;
use serde::de::{DeserializeOwned, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};

use super::problem::Problem;
use crate::error::Code;

/// A JSON body, in or out. What comes in is always an object.
#[derive(Debug)]
pub struct Json<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Json<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        let axum::Json(Object(value)) = axum::Json::from_request(request, state).await?;
        Ok(Self(value))
    }
}

/// An object and nothing else: by itself serde takes a list of the fields as well, which the
/// description does not offer.
struct Object<T>(T);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Object<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(ObjectVisitor(PhantomData))
    }
}

struct ObjectVisitor<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for ObjectVisitor<T> {
    type Value = Object<T>;

    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, fields: A) -> Result<Object<T>, A::Error> {
        T::deserialize(MapAccessDeserializer::new(fields)).map(Object)
    }
}

impl<T: Serialize> IntoResponse for Json<T> {
    fn into_response(self) -> Response {
        axum::Json(self.0).into_response()
    }
}

/// Parts of the path.
#[derive(Debug, FromRequestParts)]
#[from_request(via(axum::extract::Path), rejection(Problem))]
pub struct Path<T>(pub T);

/// What follows the `?`.
#[derive(Debug, FromRequestParts)]
#[from_request(via(axum::extract::Query), rejection(Problem))]
pub struct Query<T>(pub T);

impl From<JsonRejection> for Problem {
    fn from(rejection: JsonRejection) -> Self {
        match rejection {
            JsonRejection::JsonDataError(error) => {
                Self::new(Code::Invalid, &format!("the request does not fit: {}", cause(&error)))
            }
            JsonRejection::JsonSyntaxError(error) => {
                Self::new(Code::BadRequest, &format!("the request is not JSON: {}", cause(&error)))
            }
            JsonRejection::MissingJsonContentType(_) => Self::new(
                Code::UnsupportedMediaType,
                "send JSON, and say so with Content-Type: application/json",
            ),
            other if other.status() == axum::http::StatusCode::PAYLOAD_TOO_LARGE => {
                Self::new(Code::TooLarge, "that is too large: at most 1 MB is taken here")
            }
            _ => Self::new(Code::BadRequest, "the request broke off; send it again"),
        }
    }
}

impl From<PathRejection> for Problem {
    fn from(_: PathRejection) -> Self {
        Self::new(Code::BadRequest, "the address holds an id that cannot be one")
    }
}

impl From<QueryRejection> for Problem {
    fn from(rejection: QueryRejection) -> Self {
        let cause = cause(&rejection);
        Self::new(Code::BadRequest, &format!("what follows the “?” does not fit: {cause}"))
    }
}

/// What the parser said, without axum's words around it.
fn cause(error: &dyn std::error::Error) -> String {
    let mut innermost = error;
    while let Some(source) = innermost.source() {
        innermost = source;
    }
    let said = innermost.to_string();
    // Where in the text does not help whoever does not see the text.
    let said = said.split(" at line ").next().unwrap_or(&said);
    said.chars().filter(|c| !c.is_control()).take(200).collect()
}

#[cfg(test)]
mod tests {
    use axum::body::Body;
    use axum::http::{Request, StatusCode, header};

    use super::*;

    #[derive(Debug, serde::Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Named {
        #[expect(dead_code, reason = "only its presence matters")]
        name: String,
    }

    async fn read(content_type: &str, body: &str) -> (StatusCode, String) {
        let request = Request::post("/")
            .header(header::CONTENT_TYPE, content_type)
            .body(Body::from(body.to_owned()))
            .unwrap();
        match Json::<Named>::from_request(request, &()).await {
            Ok(_) => (StatusCode::OK, String::new()),
            Err(problem) => {
                let message = problem.message.clone();
                (problem.into_response().status(), message)
            }
        }
    }

    #[tokio::test]
    async fn bodies_that_do_not_fit_are_problems_too() {
        let json = "application/json";
        assert_eq!(read(json, r#"{"name":"Ana"}"#).await.0, StatusCode::OK);
        let (status, message) = read(json, "{").await;
        assert_eq!(status, StatusCode::BAD_REQUEST);
        assert!(message.starts_with("The request is not JSON: "), "{message}");
        let (status, message) = read(json, r#"{"name":"Ana","age":7}"#).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(message.contains("unknown field `age`"), "{message}");
        for list in [r#"["Ana"]"#, "[]", "null", "7"] {
            let (status, message) = read(json, list).await;
            assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{list}");
            assert!(message.contains("expected an object"), "{message}");
        }
        assert_eq!(read("text/plain", "{}").await.0, StatusCode::UNSUPPORTED_MEDIA_TYPE);
        let huge = format!(r#"{{"name":"{}"}}"#, "x".repeat(3_000_000));
        assert_eq!(read(json, &huge).await.0, StatusCode::PAYLOAD_TOO_LARGE);
    }
}
