//! What a donation's way leaves in the log: enough to follow it, and nothing that must stay secret.

use std::io::Write;
use std::sync::{Arc, Mutex};

use domain::donation::{DonationStatus, TimelineKind};
use jsonschema::Validator;
use serde_json::{Value, json};
use tracing_subscriber::fmt::MakeWriter;

use crate::support::{App, JWT_SECRET, webhook};

/// Everything that the process logs.
#[derive(Clone, Default)]
struct Lines(Arc<Mutex<Vec<u8>>>);

impl Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Lines {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

static LINES: std::sync::LazyLock<Lines> = std::sync::LazyLock::new(|| {
    let lines = Lines::default();
    // The tests' own client is not the server; its words would be taken for the server's.
    // Spans for a collector are in no line, as the server has it.
    let filter = "trace,telemetry=off,hyper=off,hyper_util=off,reqwest=off,h2=off,rustls=off";
    tracing_subscriber::fmt()
        .json()
        // As `LOG_FORMAT=json` has it.
        .flatten_event(true)
        .with_span_list(false)
        .with_env_filter(tracing_subscriber::EnvFilter::new(filter))
        .with_writer(lines.clone())
        .init();
    lines
});

on_both_databases!(a_donations_way_is_logged_without_a_secret);

async fn a_donations_way_is_logged_without_a_secret(app: App) {
    let lines = LINES.clone();
    let session = app.register("asem.logged@example.com").await;
    let body = json!({"amount": 4500, "message": "Секретное слово", "certificate_name": "Тайное Имя"});
    let id = app.post("/api/donations").bearer(&session.token).json(&body).header("x-request-id", "logged-1").await;
    let id = id.expect(201)["id"].as_str().unwrap().to_owned();
    let pay = app.post(&format!("/api/donations/{id}/payment")).bearer(&session.token).key("logged-key").await;
    let order = pay.expect(200)["order_id"].as_str().unwrap().to_owned();
    let declined = webhook::declined(&id, &order, ("pay_logged", "NOT_ENOUGH_MONEY"));
    app.ioka(&declined.replace("\"email\": null", "\"email\": \"payer.logged@example.com\"")).await.expect(200);
    app.ioka(&webhook::captured(&id, &order, 4500)).await.expect(200);
    app.ioka(&webhook::refund("REFUND_APPROVED", &order, ("rfd_logged", 500))).await.expect(200);
    app.get(&format!("/api/donations/{id}?email=asem.logged@example.com")).bearer(&session.token).await.expect(200);
    app.log_in("asem.logged@example.com", "a logged mistake").await.problem(401, "invalid_credentials");
    app.ioka(&declined).header("x-ioka-signature", "0").await.problem(401, "invalid_signature");
    app.post("/api/guest-donations").text(r#"{"donor_email": "guest.logged@example.com""#).await;

    let text = String::from_utf8(lines.0.lock().unwrap().clone()).unwrap();
    let secrets = [
        "logged@example.com",
        "Тайное Имя",
        "Секретное слово",
        "555555***",
        "12/26",
        "correct horse",
        "logged mistake",
        "argon2id",
        webhook::KEY,
        JWT_SECRET,
        session.token.as_str(),
        "Bearer ",
    ];
    for secret in secrets {
        let line = text.lines().find(|line| line.contains(secret));
        assert_eq!(line, None, "{secret}");
    }
    steps_are_logged(&text, &id);
    every_payment_line_keeps_the_schema(&text, &id);
}

fn steps_are_logged(text: &str, id: &str) {
    let lines: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let of_donation = lines.iter().filter(|line| line["donation.id"] == id && line["target"] == "payments");
    let steps: Vec<(&str, &str, &str)> = of_donation
        .clone()
        .filter_map(|line| {
            let field = |name: &str| line[name].as_str();
            Some((field("message")?, field("donation.from")?, field("donation.to")?))
        })
        .collect();
    let expected = [
        ("donation.created", "pending", "pending"),
        ("payment.started", "pending", "pending"),
        ("order.created", "pending", "awaiting_payment"),
        ("payment.declined", "awaiting_payment", "failed"),
        ("payment.captured", "failed", "completed"),
        ("refund.succeeded", "completed", "partially_refunded"),
    ];
    assert_eq!(steps, expected);
    for line in of_donation {
        assert!(line["request_id"].is_string() || line["span"]["request_id"].is_string(), "{line}");
    }
    let created = lines.iter().find(|line| line["message"] == "donation.created" && line["donation.id"] == id);
    assert_eq!(created.unwrap()["request_id"], "logged-1");
}

fn schema() -> Value {
    serde_json::from_str(include_str!("../../../../docs/payment-log.schema.json")).unwrap()
}

fn wrong(schema: &Validator, line: &Value) -> Vec<String> {
    schema.iter_errors(line).map(|error| format!("{}: {error}", error.instance_path())).collect()
}

/// Of this donation, and of whatever other tests have logged by now.
fn every_payment_line_keeps_the_schema(text: &str, id: &str) {
    let schema = jsonschema::validator_for(&schema()).unwrap();
    let lines = text.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    let payments: Vec<Value> = lines.filter(|line| line["target"] == "payments").collect();
    let own = payments.iter().filter(|line| line["donation.id"] == id);
    assert!(own.clone().count() > 8, "{}", own.count());
    for line in &payments {
        assert_eq!(wrong(&schema, line), [""; 0], "{line}");
    }
    let received = payments.iter().find(|line| line["message"] == "webhook.received").unwrap();
    for (line, field, value) in [
        (&payments[0], "donor.email", json!("somebody@example.com")),
        (&payments[0], "donation.to", json!("paid")),
        (&payments[0], "amount", json!("5000")),
        (&payments[0], "actor", json!("account:somebody@example.com")),
        (received, "delivery.body", json!("{}")),
    ] {
        let mut line = line.clone();
        line[field] = value;
        assert!(!schema.is_valid(&line), "{field} goes unnoticed: {line}");
    }
}

#[test]
fn the_schema_of_the_payment_log_knows_every_step_and_state() {
    let schema = schema();
    jsonschema::meta::validate(&schema).unwrap();
    let words = |list: &Value| -> Vec<String> { serde_json::from_value(list.clone()).unwrap() };
    let steps = words(&schema["$defs"]["step"]["properties"]["message"]["enum"]);
    assert_eq!(steps, TimelineKind::ALL.map(TimelineKind::word));
    assert_eq!(words(&schema["$defs"]["state"]["enum"]), DonationStatus::ALL.map(DonationStatus::word));
}
