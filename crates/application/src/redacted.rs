//! What the gateway has sent, without what is nobody's business: cards, addresses, names, tokens.

use serde_json::Value;

/// Stands where something was.
const HIDDEN: &str = "***";

/// How much of a text that is no JSON is shown, in characters.
const SHOWN: usize = 20;

/// Names under which a text says something of the payment and nothing of the payer. What stands under any other name is hidden:
/// a gateway may begin to send what it has never sent.
const TOLD: [&str; 18] = [
    "capture_method",
    "code",
    "created_at",
    "currency",
    "due_date",
    "event",
    "external_id",
    "id",
    "message",
    "order_id",
    "payment_id",
    "payment_system",
    "refund_id",
    "shop_id",
    "status",
    "subscription_id",
    "type",
    "updated_at",
];

/// Below these everything is hidden, whatever it is called.
const OF_THE_PAYER: [&str; 5] = ["payer", "customer", "card", "extra_info", "action"];

/// A body as it may be shown. Its keys and its shape stay, and what says something of the payment; the rest is masked.
pub fn redacted(body: &str) -> String {
    match serde_json::from_str(body) {
        Ok(json) => told(json).to_string(),
        Err(_) if looks_private(body) => HIDDEN.to_owned(),
        Err(_) => {
            let start: String = body.chars().take(SHOWN).map(|c| if c.is_control() { ' ' } else { c }).collect();
            if start.len() < body.len() { start + "…" } else { start }
        }
    }
}

/// At the top, where no name says what it is.
fn told(json: Value) -> Value {
    match json {
        Value::Object(fields) => {
            let named = |(name, value): (String, Value)| {
                let value = if OF_THE_PAYER.contains(&name.as_str()) { hidden(value) } else { under(&name, value) };
                (name, value)
            };
            Value::Object(fields.into_iter().map(named).collect())
        }
        Value::Array(values) => Value::Array(values.into_iter().map(told).collect()),
        other => hidden(other),
    }
}

fn under(name: &str, value: Value) -> Value {
    match value {
        Value::Object(_) => told(value),
        Value::Array(values) => Value::Array(values.into_iter().map(|value| under(name, value)).collect()),
        Value::String(text) if TOLD.contains(&name) && !looks_private(&text) => Value::String(text),
        Value::String(_) => Value::String(HIDDEN.to_owned()),
        Value::Number(number) if looks_private(&number.to_string()) => Value::String(HIDDEN.to_owned()),
        Value::Number(_) | Value::Bool(_) | Value::Null => value,
    }
}

fn hidden(value: Value) -> Value {
    match value {
        Value::Object(fields) => Value::Object(fields.into_iter().map(|(name, value)| (name, hidden(value))).collect()),
        Value::Array(values) => Value::Array(values.into_iter().map(hidden).collect()),
        Value::Null => Value::Null,
        Value::String(_) | Value::Number(_) | Value::Bool(_) => Value::String(HIDDEN.to_owned()),
    }
}

/// An e-mail address, a card's number, a phone's number: wherever it stands.
fn looks_private(text: &str) -> bool {
    let text = without_ids(text);
    text.contains('@') || longest_number(&text) >= 11
}

/// Digits, hidden ones among them, that only spaces, dashes and brackets stand between. A date and an hour have ten.
fn longest_number(text: &str) -> usize {
    let (mut longest, mut digits) = (0, 0_usize);
    for letter in text.chars() {
        match letter {
            '0'..='9' | '*' => digits += 1,
            ' ' | '-' | '(' | ')' | '\u{a0}' if digits > 0 => {}
            _ => digits = 0,
        }
        longest = longest.max(digits);
    }
    longest
}

/// Ids of ours are long and may be digits all through.
fn without_ids(text: &str) -> String {
    let letters: Vec<char> = text.chars().collect();
    let mut rest = String::new();
    let mut place = 0;
    while let Some(letter) = letters.get(place) {
        match letters.get(place..place + 36).filter(|id| is_id(id)) {
            Some(_) => {
                rest.push('x');
                place += 36;
            }
            None => {
                rest.push(*letter);
                place += 1;
            }
        }
    }
    rest
}

fn is_id(letters: &[char]) -> bool {
    letters.iter().enumerate().all(|(place, letter)| match place {
        8 | 13 | 18 | 23 => *letter == '-',
        _ => letter.is_ascii_hexdigit(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As a gateway may send it, with more of the payer than it has been seen to send.
    const CAPTURED: &str = r#"{"event": "payment.taken",
        "order": {"id": "ord_A1b2C3d4E5", "shop_id": "shp_TEST", "status": "taken", "created_at": "2026-01-15T09:30:00.123456",
            "amount": 500000, "currency": "KZT", "external_id": "12345678-1234-1234-1234-123456789012-2",
            "description": "From Ivan", "extra_info": {"id": "Ivan"}, "due_date": null, "paid": true,
            "order_access_token": "eyJ0", "phone": 77011234567},
        "payment": {"id": "pay_F6", "status": "CAPTURED", "processing_fee": 0.0, "cvc": "123",
            "payer": {"type": "CARD", "pan_masked": "555555******5599", "holder": "IVAN IVANOV", "expiry_date": "12/26",
                "email": "ivan@example.com", "phone": "+77011234567", "customer_id": null, "emitter": {"id": "x"}},
            "error": {"code": "OK", "message": "card 5555 5555-5555 5599"}, "acquirer": {"name": "Bank", "reference": "1"}},
        "list": [{"id": "a@b.kz"}, "Ivan", 3]}"#;

    #[test]
    fn what_is_of_the_payment_stays_and_what_is_of_the_payer_goes() {
        let shown: Value = serde_json::from_str(&redacted(CAPTURED)).unwrap();
        let expected = r#"{"event": "payment.taken",
            "order": {"id": "ord_A1b2C3d4E5", "shop_id": "shp_TEST", "status": "taken", "created_at": "2026-01-15T09:30:00.123456",
                "amount": 500000, "currency": "KZT", "external_id": "12345678-1234-1234-1234-123456789012-2",
                "description": "***", "extra_info": {"id": "***"}, "due_date": null, "paid": true,
                "order_access_token": "***", "phone": "***"},
            "payment": {"id": "pay_F6", "status": "CAPTURED", "processing_fee": 0.0, "cvc": "***",
                "payer": {"type": "***", "pan_masked": "***", "holder": "***", "expiry_date": "***",
                    "email": "***", "phone": "***", "customer_id": null, "emitter": {"id": "***"}},
                "error": {"code": "OK", "message": "***"}, "acquirer": {"name": "***", "reference": "***"}},
            "list": [{"id": "***"}, "***", 3]}"#;
        assert_eq!(shown, serde_json::from_str::<Value>(expected).unwrap());
    }

    #[test]
    fn what_looks_like_a_card_a_phone_or_an_address_is_hidden_wherever_it_stands() {
        for text in ["4242424242424242", "4242 4242 4242 4242", "424242******4242", "+7 (701) 123-45-67", "a@b.kz"] {
            let body = serde_json::json!({ "id": text, "external_id": format!("no. {text}") });
            let shown: Value = serde_json::from_str(&redacted(&body.to_string())).unwrap();
            assert_eq!(shown, serde_json::json!({ "id": "***", "external_id": "***" }), "{text}");
            assert_eq!(redacted(&format!("pay {text}")), "***", "{text}");
        }
        for text in [
            "2026-01-15T09:30:00.123456",
            "2026-01-15 09:30:00",
            "ord_A1b2C3d4E5",
            "11111111-1111-1111-1111-111111111111",
        ] {
            let body = serde_json::json!({ "id": text }).to_string();
            assert_eq!(redacted(&body), body);
        }
    }

    #[test]
    fn of_what_is_no_json_the_beginning_is_shown() {
        assert_eq!(redacted("event=payment_captured&order=ord_1"), "event=payment_captur…");
        assert_eq!(redacted("short\n"), "short ");
        assert_eq!(redacted(""), "");
        assert_eq!(redacted("\"Ivan\""), "\"***\"");
    }
}
