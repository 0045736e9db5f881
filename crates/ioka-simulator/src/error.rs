//! Refusals as Ioka words them.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, ResponseError};
use serde::Serialize;

/// A refusal: an HTTP status and `{"code","message"}` with a Russian message. \[DOC\]
///
/// Which status a business code comes with is documented for few of them; the rest is \[GUESS\].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{code}: {message}")]
pub(crate) struct Refusal {
    pub(crate) status: StatusCode,
    pub(crate) code: &'static str,
    pub(crate) message: String,
    /// Only `PaymentStarted` carries it. \[API\]
    pub(crate) payment_id: Option<String>,
}

#[derive(Serialize)]
struct RefusalView<'a> {
    code: &'a str,
    message: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    payment_id: Option<&'a str>,
}

impl Refusal {
    /// A refusal with this status, code and message.
    pub(crate) fn new(status: StatusCode, code: &'static str, message: &str) -> Self {
        Self { status, code, message: message.to_owned(), payment_id: None }
    }

    /// 400 `InvalidRequest`. \[API\]
    pub(crate) fn invalid(message: impl Into<String>) -> Self {
        Self { status: StatusCode::BAD_REQUEST, code: "InvalidRequest", message: message.into(), payment_id: None }
    }

    /// 401 `Unauthorized`. \[API\]
    pub(crate) fn unauthorized(message: &str) -> Self {
        Self::new(StatusCode::UNAUTHORIZED, "Unauthorized", message)
    }

    /// 403 `Forbidden`. \[API\]
    pub(crate) fn forbidden() -> Self {
        Self::new(StatusCode::FORBIDDEN, "Forbidden", "Недостаточно прав.")
    }

    /// A 404 with the code of the missing thing. \[API\]
    pub(crate) fn not_found(code: &'static str) -> Self {
        let message = match code {
            "OrderNotFound" => "Заказ не найден.",
            "PaymentNotFound" => "Платеж не найден.",
            "RefundNotFound" => "Возврат не найден.",
            "CustomerNotFound" => "Клиент не найден.",
            "CardNotFound" => "Карта не найдена.",
            "WebhookNotFound" => "Вебхук не найден.",
            "SubscriptionNotFound" => "Подписка не найдена.",
            "BinNotFound" => "BIN не найден.",
            _ => "Не найдено.",
        };
        Self::new(StatusCode::NOT_FOUND, code, message)
    }

    /// A 409 with this code.
    pub(crate) fn conflict(code: &'static str, message: &str) -> Self {
        Self::new(StatusCode::CONFLICT, code, message)
    }

    /// 409 `PaymentStarted` with the running payment. \[API\]
    pub(crate) fn payment_started(payment_id: &str) -> Self {
        let refusal = Self::conflict("PaymentStarted", "Платеж по заказу уже выполняется.");
        Self { payment_id: Some(payment_id.to_owned()), ..refusal }
    }
}

impl ResponseError for Refusal {
    fn status_code(&self) -> StatusCode {
        self.status
    }

    fn error_response(&self) -> HttpResponse {
        let view = RefusalView { code: self.code, message: &self.message, payment_id: self.payment_id.as_deref() };
        crate::api::json(self.status, &view)
    }
}
