//! What may stand in a donation, and what is said of everything else.

use serde_json::{Value, json};

use crate::support::{Answer, App};

on_both_databases!(
    only_whole_numbers_above_zero_are_amounts,
    only_whole_numbers_above_zero_are_trees,
    an_amount_and_trees_that_disagree_are_refused,
    an_amount_or_trees_must_be_given,
    less_or_more_than_the_limits_is_refused,
    lengths_are_counted_in_characters,
    blank_and_absent_names_are_refused,
    control_characters_are_refused,
    only_addresses_that_mail_can_be_sent_to_are_taken,
    an_unknown_campaign_or_language_is_refused,
    a_flag_is_true_or_false,
    everything_that_is_wrong_is_said_at_once,
);

async fn donate(app: &App, changes: Value) -> Answer {
    let mut body = json!({"amount": 5000, "donor_name": "Ким", "donor_email": "kim@example.com"});
    for (field, value) in changes.as_object().unwrap() {
        body[field] = value.clone();
    }
    app.post("/api/guest-donations").json(&body).await
}

/// A body in which a number stands as it is written here.
async fn donate_text(app: &App, field: &str, number: &str) -> Answer {
    let body = format!(r#"{{"{field}": {number}, "donor_name": "Ким", "donor_email": "kim@example.com"}}"#);
    app.post("/api/guest-donations").text(&body).await
}

/// Numbers as a body may have them, and what is said of each.
const NO_AMOUNTS: [(&str, &str); 13] = [
    ("5000.0", "not_whole_number"),
    ("5e3", "not_whole_number"),
    ("5E+3", "not_whole_number"),
    ("0.5", "not_whole_number"),
    ("\"5000\"", "not_whole_number"),
    ("true", "not_whole_number"),
    ("[5000]", "not_whole_number"),
    ("{\"amount\": 5000}", "not_whole_number"),
    ("-5000", "not_positive"),
    ("-1", "not_positive"),
    ("0", "not_positive"),
    ("-0.0", "not_whole_number"),
    ("18446744073709551616", "not_whole_number"),
];

async fn only_whole_numbers_above_zero_are_amounts(app: App) {
    for (number, code) in NO_AMOUNTS {
        let wrong = donate_text(&app, "amount", number).await.wrong_fields();
        assert_eq!(wrong, [format!("amount: {code}")], "{number}");
    }
    for number in ["9223372036854775807", "9223372036854775808", "18446744073709551615", "5000001"] {
        let wrong = donate_text(&app, "amount", number).await.wrong_fields();
        assert_eq!(wrong.len(), 1, "{number}: {wrong:?}");
    }
    for number in ["NaN", "Infinity", "0x10", "+5000", "05000", "5_000", "5000,"] {
        donate_text(&app, "amount", number).await.problem(400, "malformed_json");
    }
}

async fn only_whole_numbers_above_zero_are_trees(app: App) {
    for (number, code) in NO_AMOUNTS {
        let wrong = donate_text(&app, "trees", number).await.wrong_fields();
        assert_eq!(wrong, [format!("trees: {code}")], "{number}");
    }
    for number in ["2147483647", "2147483648", "4294967296", "18446744073709551615", "10001"] {
        let wrong = donate_text(&app, "trees", number).await.wrong_fields();
        assert_eq!(wrong.len(), 1, "{number}: {wrong:?}");
    }
}

async fn an_amount_and_trees_that_disagree_are_refused(app: App) {
    for (amount, trees) in [(5000, 9), (5001, 10), (4999, 10), (500, 1_000_000)] {
        let answer = donate(&app, json!({"amount": amount, "trees": trees})).await;
        assert_eq!(answer.wrong_fields(), ["trees: disagrees"], "{amount} {trees}");
    }
}

async fn an_amount_or_trees_must_be_given(app: App) {
    assert_eq!(donate(&app, json!({"amount": null})).await.wrong_fields(), ["amount: amount_or_trees"]);
}

async fn less_or_more_than_the_limits_is_refused(app: App) {
    let wrong = |answer: Answer| (answer.wrong_fields(), answer.expect(422)["errors"][0]["message"].clone());
    let (fields, message) = wrong(donate(&app, json!({"amount": 99})).await);
    assert_eq!((fields, message), (vec!["amount: below_minimum".to_owned()], json!("Must be at least 100 ₸.")));
    let (fields, message) = wrong(donate(&app, json!({"amount": 5_000_001})).await);
    assert_eq!((fields, message), (vec!["amount: above_maximum".to_owned()], json!("Must be at most 5000000 ₸.")));
    let (fields, _) = wrong(donate(&app, json!({"amount": null, "trees": 10_001})).await);
    assert_eq!(fields, ["amount: above_maximum"]);
}

async fn lengths_are_counted_in_characters(app: App) {
    for (field, most) in [("donor_name", 120), ("message", 500), ("certificate_name", 120)] {
        // A certificate shows the names, and no font of ours has a tree.
        let letters: &[&str] = if field == "message" { &["a", "қ", "🌳"] } else { &["a", "қ", "ش"] };
        for letter in letters {
            donate(&app, json!({field: letter.repeat(most)})).await.expect(201);
            let wrong = donate(&app, json!({field: letter.repeat(most + 1)})).await.wrong_fields();
            assert_eq!(wrong, [format!("{field}: too_long")], "{letter}");
        }
    }
}

async fn blank_and_absent_names_are_refused(app: App) {
    for blank in ["", " ", "\u{a0}", "\u{2003}\u{3000}"] {
        assert_eq!(donate(&app, json!({"donor_name": blank})).await.wrong_fields(), ["donor_name: blank"], "{blank:?}");
    }
    let wrong = donate(&app, json!({"donor_name": null, "donor_email": null})).await.wrong_fields();
    assert_eq!(wrong, ["donor_email: required", "donor_name: required"]);
    assert_eq!(donate(&app, json!({"donor_name": 7})).await.wrong_fields(), ["donor_name: not_text"]);
}

async fn control_characters_are_refused(app: App) {
    for field in ["donor_name", "message", "certificate_name"] {
        for text in ["a\0b", "\0", "a\u{1}", "a\r\nb", "a\u{7f}", "a\u{85}"] {
            let wrong = donate(&app, json!({field: text})).await.wrong_fields();
            assert_eq!(wrong, [format!("{field}: control_character")], "{text:?}");
        }
    }
    for field in ["donor_email", "campaign", "language"] {
        let wrong = donate(&app, json!({field: "a\0b@example.com"})).await.wrong_fields();
        assert_eq!(wrong.len(), 1, "{field}: {wrong:?}");
    }
}

async fn only_addresses_that_mail_can_be_sent_to_are_taken(app: App) {
    for text in ["", "kim", "kim@", "@example.com", "kim@localhost", "a b@example.com", "a@b@example.com"] {
        let wrong = donate(&app, json!({"donor_email": text})).await.wrong_fields();
        assert_eq!(wrong, ["donor_email: invalid_email"], "{text:?}");
    }
    let injected = donate(&app, json!({"donor_email": "a@example.com\r\nBcc: b@example.com"})).await;
    assert_eq!(injected.wrong_fields(), ["donor_email: invalid_email"]);
    let long = format!("{}@example.com", "a".repeat(250));
    assert_eq!(donate(&app, json!({"donor_email": long})).await.wrong_fields(), ["donor_email: invalid_email"]);
    donate(&app, json!({"donor_email": "kim+trees@пошта.қаз"})).await.expect(201);
}

async fn an_unknown_campaign_or_language_is_refused(app: App) {
    for campaign in ["forest", "", "TREES", "../trees", "trees "] {
        let wrong = donate(&app, json!({"campaign": campaign})).await.wrong_fields();
        assert_eq!(wrong, ["campaign: unknown_campaign"], "{campaign:?}");
    }
    for language in ["de", "", "RU", "ru-KZ"] {
        let wrong = donate(&app, json!({"language": language})).await.wrong_fields();
        assert_eq!(wrong, ["language: unknown_language"], "{language:?}");
    }
}

async fn a_flag_is_true_or_false(app: App) {
    for value in [json!("true"), json!(1), json!([])] {
        assert_eq!(donate(&app, json!({"anonymous": value})).await.wrong_fields(), ["anonymous: not_boolean"]);
    }
}

async fn everything_that_is_wrong_is_said_at_once(app: App) {
    let wrong = json!({
        "amount": 5000.5, "trees": -1, "campaign": 7, "message": "a\0", "certificate_name": "a".repeat(121), "anonymous": "no",
        "language": "de", "donor_name": " ", "donor_email": "nobody",
    });
    let expected = [
        "amount: not_whole_number",
        "anonymous: not_boolean",
        "campaign: not_text",
        "certificate_name: too_long",
        "donor_email: invalid_email",
        "donor_name: blank",
        "language: unknown_language",
        "message: control_character",
        "trees: not_positive",
    ];
    assert_eq!(donate(&app, wrong.clone()).await.wrong_fields(), expected);

    let session = app.register("kim@example.com").await;
    let registered = app.post("/api/donations").bearer(&session.token).json(&wrong).await.wrong_fields();
    let without_donor: Vec<_> = expected.into_iter().filter(|error| !error.starts_with("donor")).collect();
    assert_eq!(registered, without_donor);
}
