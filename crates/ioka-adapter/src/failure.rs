//! What a failed call lets the caller do next.
//!
//! | what happened | asking, making an order | giving money back |
//! |---|---|---|
//! | no connection, 429, 503 | `Unavailable` | `Unavailable` |
//! | no answer in time, 504 | `OutcomeUnknown` | `OutcomeUnknown` |
//! | cut off, 408, any other 5xx | `Unavailable` | `OutcomeUnknown` |
//! | a success that cannot be read | `Refused` | `OutcomeUnknown` |
//! | any other status | `Refused` | `Refused` |
//!
//! An order may have been made although its answer was cut off. A repeat is harmless all the same, since it asks under the
//! same `external_id`; so the column says what to tell the donor. A refund moves money: what may have been executed
//! must be asked about.

use domain::ports::GatewayError;
use reqwest::StatusCode;

/// Whether the same call may be made again when nobody knows if it was executed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Repeat {
    /// It changes nothing, or a second one is known by its `external_id`.
    Harmless,
    /// It moves money.
    Dangerous,
}

/// Why there is no usable answer. The texts hold Ioka's code and trace id; never the key, never a body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Failure {
    /// Our request cannot be written down.
    Unsendable(String),
    /// No connection was made, so nothing was sent.
    NotConnected(String),
    /// No whole answer within the time.
    TimedOut(String),
    /// The connection ended before the answer did.
    Cut(String),
    /// Ioka answered with an error.
    Status(StatusCode, String),
    /// Ioka reports success in a form that we cannot use.
    Unusable(String),
}

impl Failure {
    /// The domain's word for it.
    pub(crate) fn cut(self, repeat: Repeat) -> GatewayError {
        let dangerous = repeat == Repeat::Dangerous;
        match self {
            Self::NotConnected(why) => GatewayError::Unavailable(why),
            Self::TimedOut(why) => GatewayError::OutcomeUnknown(why),
            Self::Cut(why) if dangerous => GatewayError::OutcomeUnknown(why),
            Self::Cut(why) => GatewayError::Unavailable(why),
            Self::Unusable(why) if dangerous => GatewayError::OutcomeUnknown(why),
            Self::Unusable(why) | Self::Unsendable(why) => GatewayError::Refused(why),
            Self::Status(StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE, why) => {
                GatewayError::Unavailable(why)
            }
            Self::Status(StatusCode::GATEWAY_TIMEOUT, why) => GatewayError::OutcomeUnknown(why),
            Self::Status(status, why) if status == StatusCode::REQUEST_TIMEOUT || status.is_server_error() => {
                if dangerous {
                    GatewayError::OutcomeUnknown(why)
                } else {
                    GatewayError::Unavailable(why)
                }
            }
            Self::Status(_, why) => GatewayError::Refused(why),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn word(failure: Failure, repeat: Repeat) -> &'static str {
        match failure.cut(repeat) {
            GatewayError::Refused(_) => "refused",
            GatewayError::Unavailable(_) => "unavailable",
            GatewayError::OutcomeUnknown(_) => "unknown",
        }
    }

    #[test]
    fn every_status_has_its_place() {
        for (status, asking, refunding) in [
            (301, "refused", "refused"),
            (400, "refused", "refused"),
            (401, "refused", "refused"),
            (404, "refused", "refused"),
            (408, "unavailable", "unknown"),
            (409, "refused", "refused"),
            (422, "refused", "refused"),
            (429, "unavailable", "unavailable"),
            (500, "unavailable", "unknown"),
            (502, "unavailable", "unknown"),
            (503, "unavailable", "unavailable"),
            (504, "unknown", "unknown"),
            (599, "unavailable", "unknown"),
        ] {
            let failure = Failure::Status(StatusCode::from_u16(status).unwrap(), String::new());
            assert_eq!(word(failure.clone(), Repeat::Harmless), asking, "{status}");
            assert_eq!(word(failure, Repeat::Dangerous), refunding, "{status}");
        }
    }

    #[test]
    fn a_refund_that_may_have_been_made_is_asked_about() {
        let text = String::new;
        for (failure, asking, refunding) in [
            (Failure::NotConnected(text()), "unavailable", "unavailable"),
            (Failure::TimedOut(text()), "unknown", "unknown"),
            (Failure::Cut(text()), "unavailable", "unknown"),
            (Failure::Unusable(text()), "refused", "unknown"),
            (Failure::Unsendable(text()), "refused", "refused"),
        ] {
            assert_eq!(word(failure.clone(), Repeat::Harmless), asking, "{failure:?}");
            assert_eq!(word(failure.clone(), Repeat::Dangerous), refunding, "{failure:?}");
        }
    }
}
