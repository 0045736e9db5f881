//! Why a payment was declined, in words that a donor can do something with.

use domain::Instant;
use domain::donation::{Decline, DeclineReason};

use crate::mapping::parse_date;
use crate::wire::{IokaPayment, short};

/// The decline that a payment reports. The code is an open word: the docs use some that the schema's list lacks.
pub(crate) fn decline(payment: Option<&IokaPayment>, heard_at: Instant) -> Decline {
    let code = payment.and_then(|payment| payment.error.as_ref()?.code.as_deref());
    let made_at = payment.and_then(|payment| parse_date(payment.created_at.as_deref()?));
    Decline {
        declined_at: made_at.unwrap_or(heard_at),
        reason: code.map_or(DeclineReason::Unknown, reason),
        gateway_code: code.map(short),
    }
}

fn reason(code: &str) -> DeclineReason {
    match code {
        "NOT_ENOUGH_MONEY" => DeclineReason::NotEnoughMoney,
        "CARD_LIMITATIONS_EXCEEDED" | "EXCEEDS_DAILY_SUM_WITHDRAWAL_LIMIT" => DeclineReason::LimitExceeded,
        "NO_CARD_RECORD" | "WRONG_CARD_DATA_INPUT" | "WRONG_CARD_DATA" => DeclineReason::CardData,
        "DECLINED_BY_3DSEC"
        | "TDS_RULE_INVALID"
        | "PARES_STATUS_UNKNOWN"
        | "VERES_STATUS_UNKNOWN"
        | "DECLINED_BY_DS_TIMEOUT"
        | "DATA_INPUT_TIMEOUT" => DeclineReason::NotConfirmed,
        "DECLINED_BY_ISSUER" | "DECLINED_BY_FRAUD" => DeclineReason::BankRefused,
        "TRANSACTION_ERROR"
        | "WRONG_REQUEST_PARAMS"
        | "TRANSACTION_NOT_FOUND"
        | "INVALID_AMOUNT"
        | "ACQUIRER_SYSTEM_ERROR"
        | "DECLINE_SINCE_UNABLE_TO_PROCESS"
        | "BANK_CONNECTION_ERROR"
        | "TRANSACTION_IN_WRONG_STATE" => DeclineReason::TechnicalFault,
        "DECLINED_BY_CLIENT" => DeclineReason::PayerCancelled,
        _ => DeclineReason::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEARD_AT: Instant = Instant::UNIX_EPOCH;

    fn payment(json: &str) -> IokaPayment {
        serde_json::from_str(json).unwrap()
    }

    #[test]
    fn a_decline_is_dated_by_its_payment() {
        let decline = decline(
            Some(&payment(
                r#"{"created_at":"2026-01-15T09:31:02.000001","error":{"code":"NOT_ENOUGH_MONEY","message":"…"}}"#,
            )),
            HEARD_AT,
        );
        assert_eq!(decline.declined_at, parse_date("2026-01-15T09:31:02.000001").unwrap());
        assert_eq!(decline.reason, DeclineReason::NotEnoughMoney);
        assert_eq!(decline.gateway_code.as_deref(), Some("NOT_ENOUGH_MONEY"));
    }

    #[test]
    fn a_decline_without_particulars_is_dated_by_its_arrival() {
        for unclear in [None, Some(payment("{}")), Some(payment(r#"{"created_at":"?","error":null}"#))] {
            let decline = decline(unclear.as_ref(), HEARD_AT);
            assert_eq!(
                (decline.declined_at, decline.reason, decline.gateway_code),
                (HEARD_AT, DeclineReason::Unknown, None)
            );
        }
    }

    #[test]
    fn an_unknown_code_is_kept_for_the_operator() {
        let decline = decline(Some(&payment(r#"{"error":{"code":"BRAND_NEW\n"}}"#)), HEARD_AT);
        assert_eq!(decline.reason, DeclineReason::Unknown);
        assert_eq!(decline.gateway_code.as_deref(), Some("BRAND_NEW?"));
    }
}
