//! Where adapters, and the gateway's own words, may be named.

use crate::source::{Literals, code_of, lines_with};
use crate::{File, files, none};

/// The adapters' crates, and the files of the server that may name them. Deleting an adapter breaks these and no others.
const ADAPTERS: &[(&str, &[&str])] = &[
    // The second and third are the simulator's, which has the real store and no other adapter.
    (
        "diesel_store",
        &["crates/http-api/src/app.rs", "crates/flow-simulation/src/stage.rs", "crates/flow-simulation/src/store.rs"],
    ),
    ("fake_gateway", &["crates/http-api/src/app.rs"]),
    // The second one knows which dialects of webhooks can be switched on.
    ("ioka_adapter", &["crates/http-api/src/app.rs"]),
    // By their names: the crate's own is a word of everyday.
    ("SmtpMailer", &["crates/http-api/src/app.rs"]),
    ("FolderMailer", &["crates/http-api/src/app.rs"]),
    ("SpreadsheetFiles", &["crates/http-api/src/app.rs"]),
    ("ioka_simulator", &["crates/http-api/src/sandbox.rs"]),
];

/// Words of the gateway's wire, in code or in texts. Comments may explain what they like.
const WIRE_WORDS: &[&str] = &[
    "tiyn",
    "X-Signature",
    "x-signature",
    "X-Ioka-Signature",
    "x-ioka-signature",
    "API-KEY",
    "\"PAID\"",
    "UNPAID",
    "ON_HOLD",
    "PAYMENT_CAPTURED",
    "PAYMENT_DECLINED",
    "PAYMENT_CANCEL",
    "REFUND_APPROVED",
    "ORDER_EXPIRED",
    "OrderExists",
    "stage-api",
    "api.ioka.kz",
];

/// The crates that do not know which gateway it is.
const KNOWING_NO_WIRE: [&str; 5] = ["domain", "application", "diesel-store", "http-api", "web-ui"];

/// What the API's document says of the webhooks' address, to whoever calls it: the headers that it takes.
const DOCUMENT: (&str, [&str; 2]) = ("crates/http-api/src/openapi/", ["X-Signature", "X-Ioka-Signature"]);

/// Suites for the adapters, with names of events as they may come.
const SAMPLES: &str = "crates/domain/src/contract/";

fn named_elsewhere(file: &File) -> Vec<String> {
    let code = code_of(&file.text, Literals::Emptied);
    let names = ADAPTERS.iter().filter(|(_, places)| !places.contains(&file.path.as_str()));
    let found = names.flat_map(|(name, _)| lines_with(&code, name).into_iter().map(move |line| (name, line)));
    found.map(|(name, line)| format!("{}:{line}: names {name}; only app.rs builds adapters", file.path)).collect()
}

fn speaks_wire(file: &File) -> Vec<String> {
    let code = code_of(&file.text, Literals::Kept);
    let mut found = Vec::new();
    for (line, number) in code.lines().zip(1..) {
        let documented = |word: &str| file.path.starts_with(DOCUMENT.0) && DOCUMENT.1.contains(&word);
        let words = WIRE_WORDS.iter().filter(|word| line.contains(**word) && !documented(word));
        found.extend(words.map(|word| format!("{}:{number}: {word} is a word of the gateway's wire", file.path)));
    }
    found
}

#[test]
fn only_the_composition_root_names_adapters() {
    let outer = ["crates/http-api/src/", "crates/web-ui/src/"];
    let sources = files("crates", |path| path.ends_with(".rs") && outer.iter().any(|folder| path.starts_with(folder)));
    assert!(sources.iter().any(|file| file.path == "crates/http-api/src/app.rs"));
    none(sources.iter().flat_map(named_elsewhere));
}

#[test]
fn the_gateways_words_stay_in_its_adapter() {
    for name in KNOWING_NO_WIRE {
        let sources = files(&format!("crates/{name}/src"), |path| path.ends_with(".rs") && !path.starts_with(SAMPLES));
        assert!(!sources.is_empty(), "{name}");
        none(sources.iter().flat_map(speaks_wire));
    }
}

#[test]
fn a_name_out_of_place_is_found() {
    let file = |path: &str, text: &str| File { path: path.to_owned(), text: text.to_owned() };
    let handler = file("crates/http-api/src/handlers/x.rs", "// fake_gateway\nuse diesel_store::Store;");
    assert_eq!(named_elsewhere(&handler).len(), 1);
    assert!(named_elsewhere(&handler)[0].starts_with("crates/http-api/src/handlers/x.rs:2: names diesel_store"));
    assert!(named_elsewhere(&file("crates/http-api/src/app.rs", "use diesel_store::Store;")).is_empty());
    let settings = file("crates/http-api/src/config/settings.rs", "use ioka_adapter::X; use fake_gateway::Y;");
    assert_eq!(named_elsewhere(&settings).len(), 2);

    let speaks = |text: &str| !speaks_wire(&file("x.rs", text)).is_empty();
    for text in ["let amount_tiyn = 1;", "header(\"X-Signature\")", "if status == \"PAID\" {}", "\"PAYMENT_CAPTURED\""]
    {
        assert!(speaks(text), "{text}");
    }
    for text in ["// 1 ₸ is 100 tiyn", "read.number(\"PAYMENT_TTL_MINUTES\")", "AttemptState::Paid"] {
        assert!(!speaks(text), "{text}");
    }
}
