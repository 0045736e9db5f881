//! What a body may be.

use serde_json::json;

use crate::support::App;

/// The calls that read JSON, and none of whose fields is right in an empty object.
const CALLS: [&str; 3] = ["/api/guest-donations", "/api/auth/register", "/api/auth/login"];

on_both_databases!(
    a_body_of_64_kib_is_read_and_one_byte_more_is_too_large,
    a_body_whose_length_is_not_announced_is_cut_off_too,
    what_does_not_claim_to_be_json_is_refused,
    json_by_other_names_is_read,
    what_is_no_json_is_malformed,
    what_is_no_object_is_refused,
    a_field_given_twice_does_no_harm,
);

async fn a_body_of_64_kib_is_read_and_one_byte_more_is_too_large(app: App) {
    let body = |length: usize| {
        let fields = r#"{"amount":5000,"donor_name":"Kim","donor_email":"kim@example.com","x":""#;
        format!("{fields}{}\"}}", "x".repeat(length - fields.len() - 2))
    };
    assert_eq!(body(65_536).len(), 65_536);
    app.post("/api/guest-donations").text(&body(65_536)).await.expect(201);
    app.post("/api/guest-donations").key("k-1").text(&body(65_536)).await.expect(201);
    for length in [65_537, 1_000_000] {
        for path in CALLS {
            app.post(path).text(&body(length)).await.problem(413, "payload_too_large");
        }
        app.post("/api/guest-donations").key("k-2").text(&body(length)).await.problem(413, "payload_too_large");
    }
}

async fn a_body_whose_length_is_not_announced_is_cut_off_too(app: App) {
    let chunk = format!("10000\r\n{}\r\n", "x".repeat(0x10000));
    let head = "POST /api/guest-donations HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n";
    let answer = crate::robustness_bytes::sent(&app, format!("{head}{chunk}{chunk}0\r\n\r\n").as_bytes()).await;
    assert!(answer.starts_with("HTTP/1.1 413 "), "{answer}");
    assert!(answer.contains("payload_too_large"), "{answer}");
}

async fn what_does_not_claim_to_be_json_is_refused(app: App) {
    let body = json!({"amount": 5000, "donor_name": "Kim", "donor_email": "kim@example.com"}).to_string();
    for path in CALLS {
        app.post(path).bytes(&body).await.problem(415, "unsupported_media_type");
        for claim in [
            "text/plain",
            "application/x-www-form-urlencoded",
            "multipart/form-data; boundary=x",
            "text/json",
            "application/jsonx",
            "application/json; charset=windows-1251",
            "application/json; charset=utf-16",
            "қ",
            ";",
        ] {
            let answer = app.post(path).header("content-type", claim).bytes(&body).await;
            answer.problem(415, "unsupported_media_type");
        }
    }
}

async fn json_by_other_names_is_read(app: App) {
    let body = json!({"amount": 5000, "donor_name": "Kim", "donor_email": "kim@example.com"}).to_string();
    for claim in
        ["application/json; charset=utf-8", "Application/JSON;charset=\"UTF-8\"", "application/merge-patch+json"]
    {
        app.post("/api/guest-donations").header("content-type", claim).bytes(&body).await.expect(201);
    }
}

async fn what_is_no_json_is_malformed(app: App) {
    for path in CALLS {
        for body in ["", " ", "{", "{\"amount\":}", "{'amount': 1}", "{} {}", "{\"a\":1,}", "\u{feff}{}", "amount=5000"]
        {
            app.post(path).text(body).await.problem(400, "malformed_json");
        }
        for body in [&b"{\"donor_name\":\"\xff\"}"[..], b"\xff\xfe{\0}\0", b"{\"a\":\"\xed\xa0\x80\"}", b"\0"] {
            let call = app.post(path).header("content-type", "application/json").bytes(body);
            call.await.problem(400, "malformed_json");
        }
        let deep = format!("{}{}", "[".repeat(20_000), "]".repeat(20_000));
        app.post(path).text(&deep).await.problem(400, "malformed_json");
        app.post(path).text(r#"{"donor_name":"\ud800"}"#).await.problem(400, "malformed_json");
    }
}

async fn what_is_no_object_is_refused(app: App) {
    for path in CALLS {
        for body in ["null", "true", "7", "\"text\"", "[]", "[{\"amount\":5000}]"] {
            assert_eq!(app.post(path).text(body).await.wrong_fields(), [": not_an_object"], "{body}");
        }
    }
}

async fn a_field_given_twice_does_no_harm(app: App) {
    let body = r#"{"amount":5000,"amount":"x","donor_name":"Kim","donor_email":"kim@example.com"}"#;
    let answer = app.post("/api/guest-donations").text(body).await;
    assert!([400, 422].contains(&answer.status), "{answer:?}");
}
