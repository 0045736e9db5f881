//! Reading requests.

use std::collections::HashMap;
use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest, web};

use crate::error::Refusal;
use crate::faults::Call;
use crate::model::Stamp;
use crate::sim::Sim;
use crate::world::{Page, World};

/// The simulator as seen by one call.
pub(crate) struct Caller {
    pub(crate) sim: web::Data<Sim>,
    call: Call,
}

impl Caller {
    /// Works on the world on behalf of this call.
    pub(crate) fn run<T>(&self, work: impl FnOnce(&mut World) -> T) -> T {
        self.sim.serve(self.call.clone(), work)
    }
}

impl FromRequest for Caller {
    type Error = actix_web::Error;
    type Future = Ready<Result<Self, Self::Error>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let call = Call { method: request.method().as_str().to_owned(), path: request.path().to_owned(), event: None };
        let sim = request.app_data::<web::Data<Sim>>().cloned();
        ready(match sim {
            Some(sim) => Ok(Self { sim, call }),
            None => Err(actix_web::error::ErrorInternalServerError("the application has no simulator")),
        })
    }
}

/// The query of a request.
pub(crate) struct Params(HashMap<String, String>);

impl FromRequest for Params {
    type Error = actix_web::Error;
    type Future = Ready<Result<Self, Self::Error>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let pairs = url::form_urlencoded::parse(request.query_string().as_bytes());
        ready(Ok(Self(pairs.into_owned().collect())))
    }
}

impl Params {
    /// A text parameter that is there and not empty.
    pub(crate) fn text(&self, name: &str) -> Option<String> {
        self.0.get(name).filter(|value| !value.is_empty()).cloned()
    }

    /// A whole number.
    ///
    /// # Errors
    /// 400 for anything else.
    pub(crate) fn number(&self, name: &str) -> Result<Option<i64>, Refusal> {
        let wrong = || Refusal::invalid(format!("Параметр {name} должен быть целым числом."));
        self.text(name).map(|value| value.parse().map_err(|_| wrong())).transpose()
    }

    /// A date and time.
    ///
    /// # Errors
    /// 400 for anything else.
    pub(crate) fn stamp(&self, name: &str) -> Result<Option<Stamp>, Refusal> {
        let wrong = || Refusal::invalid(format!("Параметр {name} должен быть датой."));
        self.text(name).map(|value| Stamp::parse(&value).ok_or_else(wrong)).transpose()
    }

    /// One of the words of an enumeration.
    ///
    /// # Errors
    /// 400 for another word.
    pub(crate) fn word<T: serde::de::DeserializeOwned>(&self, name: &str) -> Result<Option<T>, Refusal> {
        let wrong = || Refusal::invalid(format!("Неизвестное значение параметра {name}."));
        self.text(name)
            .map(|value| serde_json::from_value(serde_json::Value::String(value)).map_err(|_| wrong()))
            .transpose()
    }

    /// `page` (from 1) and `limit` (default 10). \[API\]
    ///
    /// # Errors
    /// 400 below 1, or above `most` where the specification has a maximum.
    pub(crate) fn page(&self, most: Option<usize>) -> Result<Page, Refusal> {
        let positive = |name: &str, default: usize| match self.number(name)? {
            None => Ok(default),
            Some(value) => match usize::try_from(value) {
                Ok(value @ 1..) => Ok(value),
                _ => Err(Refusal::invalid(format!("Параметр {name} должен быть не меньше 1."))),
            },
        };
        let (page, limit) = (positive("page", 1)?, positive("limit", 10)?);
        match most {
            Some(most) if limit > most => {
                Err(Refusal::invalid(format!("Параметр limit должен быть не больше {most}.")))
            }
            _ => Ok(Page { skip: (page - 1).saturating_mul(limit), limit }),
        }
    }

    /// The least and the largest amount from `amount_category` and its numbers. \[API\]
    ///
    /// # Errors
    /// 400 for an unknown category or a number that is none.
    pub(crate) fn amounts(&self) -> Result<(Option<i64>, Option<i64>), Refusal> {
        match self.text("amount_category").as_deref() {
            Some("FIXED") => {
                let fixed = self.number("fixed_amount")?;
                Ok((fixed, fixed))
            }
            Some("RANGE") | None => Ok((self.number("min_amount")?, self.number("max_amount")?)),
            Some(_) => Err(Refusal::invalid("Неизвестное значение параметра amount_category.")),
        }
    }
}

/// JSON bodies up to 1 MB of any content type; a bad one is a 400 in Ioka's shape. \[API\] on the shape.
pub(crate) fn body_config() -> web::JsonConfig {
    web::JsonConfig::default()
        .limit(1 << 20)
        .content_type_required(false)
        .content_type(|_| true)
        .error_handler(|error, _| Refusal::invalid(format!("Неверное тело запроса: {error}.")).into())
}

/// A body that may be absent.
///
/// # Errors
/// 400 if there is one and it is wrong.
pub(crate) fn optional_body<T: serde::de::DeserializeOwned + Default>(body: &[u8]) -> Result<T, Refusal> {
    if body.is_empty() {
        return Ok(T::default());
    }
    serde_json::from_slice(body).map_err(|error| Refusal::invalid(format!("Неверное тело запроса: {error}.")))
}
