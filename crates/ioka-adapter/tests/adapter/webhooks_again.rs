//! Webhooks that were believed when they came, read once more.

use domain::ports::{KeptWebhook, WebhookError, WebhookMessage, WebhookReader as _};
use ioka_adapter::{Dialect, Dialects, IokaWebhookReader};

use crate::support::{RECEIVED_AT, WEBHOOK_KEY, at, fixture, hmac_hex, read};

const GUIDE: &str = fixture!("webhook_guide_succeeded.json");

/// Ioka's, in its canonical form, so that it is what is signed.
const IOKA: &str =
    r#"{"event":"PAYMENT_DECLINED","order":{"external_id":"don-42","id":"ord_1"},"payment":{"id":"pay_1"}}"#;

fn again(reader: &IokaWebhookReader, dialect: &str, body: &str) -> Result<WebhookMessage, WebhookError> {
    reader.read_again(&KeptWebhook { dialect, body, received_at: at(RECEIVED_AT) })
}

#[test]
fn a_webhook_says_again_what_it_said() {
    let others = IokaWebhookReader::new(&"another secret".into(), Dialects::from_iter([Dialect::Guide]));
    let none = IokaWebhookReader::new(&"".into(), Dialects::from_iter([]));
    for (header, dialect, body) in [("x-signature", "ioka", IOKA), ("x-ioka-signature", "guide", GUIDE)] {
        let signature = hmac_hex(WEBHOOK_KEY, body.as_bytes());
        let message = read(&[(header, signature.as_bytes())], body.as_bytes()).unwrap();
        assert_eq!(message.dialect, dialect);
        for reader in [&others, &none] {
            assert_eq!(
                again(reader, dialect, body),
                Ok(message.clone()),
                "whatever the secret and the dialects are now"
            );
        }
    }
}

#[test]
fn what_cannot_be_read_any_longer_says_so() {
    let reader = crate::support::reader();
    assert!(matches!(again(&reader, "spoken", GUIDE), Err(WebhookError::MalformedEvent(_))));
    assert!(matches!(again(&reader, "ioka", "{"), Err(WebhookError::MalformedJson(_))));
    assert!(matches!(again(&reader, "ioka", r#"{"event":"PAYMENT_CAPTURED"}"#), Err(WebhookError::MalformedEvent(_))));
    assert!(matches!(again(&reader, "guide", "[]"), Err(WebhookError::MalformedEvent(_))));
}
