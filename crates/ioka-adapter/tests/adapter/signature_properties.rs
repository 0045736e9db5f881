//! The signature against a canonicaliser of another kind: the expected text is built from a model of the document, which
//! is never parsed; what is sent is the same document written as untidily as JSON allows.

use domain::ports::WebhookError;
use proptest::prelude::*;

use crate::support::{WEBHOOK_KEY, hmac_hex, read};

#[derive(Debug, Clone)]
enum Model {
    Literal(String),
    Text(String),
    Array(Vec<Model>),
    /// No key twice, in the order in which they are sent.
    Object(Vec<(String, Model)>),
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof!["[a-z]{0,6}", "[\u{0}-\u{7f}]{0,6}", any::<String>().prop_map(|text| text.chars().take(8).collect())]
}

fn literal() -> impl Strategy<Value = String> {
    prop_oneof![
        "null|true|false",
        "-?(0|[1-9][0-9]{0,14})(\\.[0-9]{1,6})?",
        "-?[1-9](\\.[0-9]{1,3})?[eE][-+]?[0-9]{1,2}",
    ]
}

fn model() -> impl Strategy<Value = Model> {
    let leaf = prop_oneof![literal().prop_map(Model::Literal), text().prop_map(Model::Text)];
    leaf.prop_recursive(4, 40, 5, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Model::Array),
            object(inner).prop_map(Model::Object)
        ]
    })
}

fn object(value: impl Strategy<Value = Model>) -> impl Strategy<Value = Vec<(String, Model)>> {
    let members = prop::collection::vec((text(), value), 0..5).prop_map(|mut members| {
        members.sort_by(|a, b| a.0.cmp(&b.0));
        members.dedup_by(|a, b| a.0 == b.0);
        members
    });
    members.prop_shuffle()
}

/// A document that counts as an event which means nothing to us.
fn event() -> impl Strategy<Value = Model> {
    (model(), model()).prop_map(|(a, b)| {
        let event = Model::Text("SOMETHING_NEW".to_owned());
        let members = [("zz", a), ("event", event), ("extra", b)];
        Model::Object(members.map(|(name, value)| (name.to_owned(), value)).to_vec())
    })
}

/// The rules of the reference, §4.3, applied to the model.
fn canonical(model: &Model, comma: &str, colon: &str) -> String {
    match model {
        Model::Literal(text) => text.clone(),
        Model::Text(text) => serde_json::to_string(text).unwrap(),
        Model::Array(items) => {
            let items: Vec<_> = items.iter().map(|item| canonical(item, comma, colon)).collect();
            format!("[{}]", items.join(comma))
        }
        Model::Object(members) => {
            let mut sorted: Vec<_> = members.iter().collect();
            sorted.sort_by_key(|(name, _)| name.chars().collect::<Vec<_>>());
            let members: Vec<_> = sorted
                .into_iter()
                .map(|(name, value)| {
                    format!("{}{colon}{}", serde_json::to_string(name).unwrap(), canonical(value, comma, colon))
                })
                .collect();
            format!("{{{}}}", members.join(comma))
        }
    }
}

/// Chooses by given dice, so that a failure can be repeated.
struct Untidy<'a> {
    dice: std::iter::Cycle<std::slice::Iter<'a, u8>>,
}

impl Untidy<'_> {
    fn roll(&mut self) -> u8 {
        *self.dice.next().unwrap()
    }

    fn space(&mut self) -> &'static str {
        ["", " ", "\n", "\t \r\n"][usize::from(self.roll() % 4)]
    }

    fn text(&mut self, text: &str) -> String {
        let mut out = String::from("\"");
        for c in text.chars() {
            let must_escape = c < ' ' || c == '"' || c == '\\';
            if must_escape || self.roll().is_multiple_of(3) {
                for unit in c.encode_utf16(&mut [0; 2]) {
                    let hex = if self.roll().is_multiple_of(2) { format!("{unit:04x}") } else { format!("{unit:04X}") };
                    out.push_str(&format!("\\u{hex}"));
                }
            } else if c == '/' && self.roll().is_multiple_of(2) {
                out.push_str("\\/");
            } else {
                out.push(c);
            }
        }
        out + "\""
    }

    fn write(&mut self, model: &Model) -> String {
        let (before, after) = (self.space(), self.space());
        let written = match model {
            Model::Literal(text) => text.clone(),
            Model::Text(text) => self.text(text),
            Model::Array(items) => {
                let items: Vec<_> = items.iter().map(|item| self.write(item)).collect();
                format!("[{}{}]", items.join(","), self.space())
            }
            Model::Object(members) => {
                let members: Vec<_> = members
                    .iter()
                    .map(|(name, value)| {
                        format!("{}{}{}:{}", self.space(), self.text(name), self.space(), self.write(value))
                    })
                    .collect();
                format!("{{{}{}}}", members.join(","), self.space())
            }
        };
        format!("{before}{written}{after}")
    }
}

fn untidy(model: &Model, dice: &[u8]) -> String {
    Untidy { dice: dice.iter().cycle() }.write(model)
}

fn dice() -> impl Strategy<Value = Vec<u8>> {
    prop::collection::vec(any::<u8>(), 1..40)
}

fn is_believed(signature: &str, body: &[u8]) -> bool {
    read(&[("x-signature", signature.as_bytes())], body).is_ok()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(300) })]

    #[test]
    fn whatever_way_a_document_is_written_its_canonical_signature_is_right(event in event(), dice in dice()) {
        let body = untidy(&event, &dice);
        for (comma, colon) in [(",", ":"), (", ", ": ")] {
            let signature = hmac_hex(WEBHOOK_KEY, canonical(&event, comma, colon).as_bytes());
            prop_assert!(is_believed(&signature, body.as_bytes()), "{body}");
        }
        for (comma, colon) in [(", ", ":"), (",", ": "), (" ,", " :")] {
            let signature = hmac_hex(WEBHOOK_KEY, canonical(&event, comma, colon).as_bytes());
            prop_assert!(!is_believed(&signature, body.as_bytes()), "{body}");
        }
    }

    #[test]
    fn a_changed_byte_that_changes_the_meaning_is_refused(
        event in event(), dice in dice(), at in any::<prop::sample::Index>(), byte in any::<u8>(), printable in b' '..b'\x7f',
    ) {
        let body = untidy(&event, &dice);
        let signature = hmac_hex(WEBHOOK_KEY, canonical(&event, ",", ":").as_bytes());
        for byte in [byte, printable] {
            let mut changed = body.clone().into_bytes();
            let at = at.index(changed.len());
            changed[at] = byte;
            if is_believed(&signature, &changed) {
                let meaning = |bytes: &[u8]| serde_json::from_slice::<serde_json::Value>(bytes).unwrap();
                prop_assert_eq!(meaning(&changed), meaning(body.as_bytes()));
            }
        }
    }

    #[test]
    fn a_byte_more_or_less_that_changes_the_meaning_is_refused(
        event in event(), at in any::<prop::sample::Index>(), printable in b' '..b'\x7f',
    ) {
        let body = canonical(&event, ",", ":");
        let signature = hmac_hex(WEBHOOK_KEY, body.as_bytes());
        let mut longer = body.clone().into_bytes();
        longer.insert(at.index(longer.len()), printable);
        let mut shorter = body.clone().into_bytes();
        shorter.remove(at.index(shorter.len()));
        for changed in [longer, shorter] {
            if is_believed(&signature, &changed) {
                let meaning = |bytes: &[u8]| serde_json::from_slice::<serde_json::Value>(bytes).unwrap();
                prop_assert_eq!(meaning(&changed), meaning(body.as_bytes()));
            }
        }
    }

    #[test]
    fn arbitrary_bytes_are_never_believed(
        body in prop::collection::vec(any::<u8>(), 0..200), signature in prop::collection::vec(any::<u8>(), 0..80), hex in "[0-9a-f]{64}",
    ) {
        for header in ["x-signature", "x-ioka-signature"] {
            for signature in [&signature[..], hex.as_bytes()] {
                let result = read(&[(header, signature)], &body);
                prop_assert!(matches!(result, Err(WebhookError::InvalidSignature(_))), "{result:?}");
            }
        }
    }

    #[test]
    fn arbitrary_signed_bytes_are_survived(
        bytes in prop::collection::vec(any::<u8>(), 0..200), almost_json in "[\\[\\]{}\":,0-9a-fnutrlse\\\\.+ -]{0,60}",
    ) {
        for body in [&bytes[..], almost_json.as_bytes()] {
            let signature = hmac_hex(WEBHOOK_KEY, body);
            let guide = read(&[("x-ioka-signature", signature.as_bytes())], body);
            prop_assert!(!matches!(guide, Err(WebhookError::InvalidSignature(_))));
            let by_serde = serde_json::from_slice::<serde_json::Value>(body).is_ok();
            if guide.is_ok() {
                prop_assert!(by_serde, "more is taken for JSON than is JSON");
            }
            let _survived = read(&[("x-signature", signature.as_bytes())], body);
        }
    }

    #[test]
    fn events_of_any_shape_are_survived(
        name in prop::sample::select(vec!["PAYMENT_CAPTURED", "PAYMENT_DECLINED", "ORDER_EXPIRED", "REFUND_APPROVED", "payment.succeeded"]),
        parts in prop::collection::vec(shape(), 4), dice in dice(),
    ) {
        let names = ["order", "payment", "refund", "object"];
        let mut members: Vec<_> = names.into_iter().map(str::to_owned).zip(parts).collect();
        members.push(("event".to_owned(), Model::Text(name.to_owned())));
        let event = Model::Object(members);
        let body = untidy(&event, &dice);
        let native = hmac_hex(WEBHOOK_KEY, canonical(&event, ",", ":").as_bytes());
        let guide = hmac_hex(WEBHOOK_KEY, body.as_bytes());
        for (header, signature) in [("x-signature", native), ("x-ioka-signature", guide)] {
            let result = read(&[(header, signature.as_bytes())], body.as_bytes());
            prop_assert!(matches!(result, Ok(_) | Err(WebhookError::MalformedEvent(_))), "{result:?}");
        }
    }
}

/// An object with fields that we read, each of some type.
fn shape() -> impl Strategy<Value = Model> {
    let fields =
        vec!["id", "external_id", "amount", "captured_amount", "currency", "created_at", "error", "status", "payments"];
    let chosen = prop::sample::subsequence(fields, 0..=9);
    (chosen, prop::collection::vec(model(), 9))
        .prop_map(|(names, values)| Model::Object(names.into_iter().map(str::to_owned).zip(values).collect()))
}
