//! Requests that a program (schemathesis) makes up from the OpenAPI document, against the server as it is delivered, on both databases.
//! None may be answered with a 5xx, or with anything that the document does not say. As nobody, as a donor, and as an administrator.
//!
//! `cargo xtask test` brings the program; `cargo xtask schemathesis --seed N --examples M` goes on with other requests.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test reports by panicking")]

mod people;
mod prepared;
#[path = "../processes/server.rs"]
#[expect(dead_code, reason = "shared with other tests, which use more of it")]
mod server;
#[path = "../it/support/webhook.rs"]
#[expect(dead_code, reason = "shared with other tests, which use more of it")]
mod webhook;

use std::path::{Path, PathBuf};

use diesel_store::testing::TestDatabase;
use tokio::process::Command;

use people::People;
use server::ServerProcess;

/// What requests are made up from, if nobody says otherwise.
const SEED: &str = "1";

/// How many for each operation, beside those that try every bound of every field.
const EXAMPLES: &str = "12";

const CHECKS: &str = "not_a_server_error,status_code_conformance,content_type_conformance,response_headers_conformance,\
                      response_schema_conformance,unsupported_method,allow_header_conformance";

/// What would spoil the rest: without its account a token says nothing, and with the brake pulled no payment is begun (503).
const SPOILING: [&str; 2] = ["deleteAccount", "setBrake"];

#[tokio::test]
async fn on_sqlite_no_made_up_request_is_answered_otherwise_than_documented() {
    play(&TestDatabase::sqlite().await).await;
}

#[tokio::test]
async fn on_postgresql_no_made_up_request_is_answered_otherwise_than_documented() {
    play(&TestDatabase::postgres().await).await;
}

async fn play(database: &TestDatabase) {
    let program = program();
    let settings = [
        ("DATABASE_URL", database.url()),
        ("JWT_SECRET", "signs-the-tokens-of-made-up-requests"),
        ("IOKA_WEBHOOK_SECRET", webhook::KEY),
    ];
    let server = ServerProcess::start(&settings, &[]).await;
    let people = People::settle(&server, &settings).await;
    let folder = tempfile::tempdir().unwrap();
    let run = Run { program, folder: folder.path(), url: &server.url };
    let but = |name: &'static str| SPOILING.map(|spoiling| [name, spoiling]).concat();
    for (who, token) in [("anonymous", None), ("donor", Some(&people.donor)), ("admin", Some(&people.admin))] {
        prepared::write(&folder.path().join("openapi.json"), &people.known().await);
        run.play(who, token, &but("--exclude-operation-id")).await;
    }
    let alone = but("--include-operation-id");
    run.play("admin, spoiling", Some(&people.spoiler), &alone).await;
}

/// What `cargo xtask` installed.
fn program() -> PathBuf {
    let program = Path::new(env!("CARGO_TARGET_TMPDIR")).with_file_name("schemathesis").join("bin/schemathesis");
    assert!(
        program.exists(),
        "{} is not there: `cargo xtask test` (or `cargo xtask schemathesis`) installs it",
        program.display()
    );
    program
}

struct Run<'a> {
    program: PathBuf,
    folder: &'a Path,
    url: &'a str,
}

impl Run<'_> {
    async fn play(&self, who: &str, token: Option<&String>, chosen: &[&str]) {
        let (seed, examples) = (setting("SCHEMATHESIS_SEED", SEED), setting("SCHEMATHESIS_EXAMPLES", EXAMPLES));
        let document = self.folder.join("openapi.json");
        let mut command = Command::new(&self.program);
        command.current_dir(self.folder).arg("run").arg(document).args(["--url", self.url, "--no-color"]);
        command.args(["--checks", CHECKS, "--continue-on-failure", "--suppress-health-check", "all"]);
        command.args(["--seed", &seed, "--max-examples", &examples, "--generation-database", "none"]).args(chosen);
        command.args(["--request-timeout", "60"]).kill_on_drop(true);
        if let Some(token) = token {
            command.arg("--header").arg(format!("Authorization: Bearer {token}"));
        }
        let output = command.output().await.unwrap();
        let said = String::from_utf8_lossy(&output.stdout);
        let told = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{who}, seed {seed}:\n{said}\n{told}");
        let cases = said.lines().find(|line| line.contains(" generated, ")).unwrap_or_else(|| panic!("{said}\n{told}"));
        #[expect(clippy::print_stdout, reason = "how much was tried, and how to try it again")]
        {
            println!("{who}, seed {seed}: {}", cases.trim());
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "what a person asks of this test, and no setting of the product")]
fn setting(name: &str, otherwise: &str) -> String {
    std::env::var(name).unwrap_or_else(|_| otherwise.to_owned())
}
