//! Certificates at the command line: checked with a key alone, against the database, and after the key has changed.

use std::path::Path;

use serde_json::Value;
use tempfile::TempDir;

use crate::server::{ServerProcess, program};

/// A folder with a database, and a certificate's file in it.
struct Desk {
    folder: TempDir,
    database: String,
}

/// What a command printed, and how it ended.
struct Told {
    code: Option<i32>,
    text: String,
}

impl Desk {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let database = format!("sqlite://{}", folder.path().join("donations.db").display());
        Self { folder, database }
    }

    fn path(&self, name: &str) -> String {
        self.folder.path().join(name).display().to_string()
    }

    async fn server(&self, more: &[(&str, &str)]) -> ServerProcess {
        let settings = [&[("DATABASE_URL", self.database.as_str())], more].concat();
        ServerProcess::start(&settings, &[]).await
    }

    /// `donations certificate …` beside the database.
    async fn told(&self, arguments: &[&str]) -> Told {
        told(self.folder.path(), &[("DATABASE_URL", &self.database)], arguments).await
    }
}

async fn told(folder: &Path, settings: &[(&str, &str)], arguments: &[&str]) -> Told {
    let output = program(folder, settings).arg("certificate").args(arguments).output().await.unwrap();
    let text = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
    Told { code: output.status.code(), text }
}

impl Told {
    #[track_caller]
    fn ended(&self, code: i32) -> &Self {
        assert_eq!(self.code, Some(code), "{}", self.text);
        self
    }

    #[track_caller]
    fn says(&self, text: &str) -> &Self {
        assert!(self.text.contains(text), "{text} in {}", self.text);
        self
    }
}

async fn document(server: &ServerProcess, donation: &str) -> Vec<u8> {
    let url = format!("{}/api/guest-donations/{donation}/certificate", server.url);
    reqwest::get(url).await.unwrap().bytes().await.unwrap().to_vec()
}

async fn completed(server: &ServerProcess) -> (String, String) {
    let donation = server.donate().await;
    server.pay(&donation).await;
    let shown = server.wait_for(&donation, "completed").await;
    (donation, shown["certificate"]["number"].as_str().unwrap().to_owned())
}

#[tokio::test]
async fn a_file_is_checked_with_a_key_alone_and_against_the_database_and_any_change_is_noticed() {
    let desk = Desk::new();
    let mut server = desk.server(&[]).await;
    let (donation, number) = completed(&server).await;
    let file = document(&server, &donation).await;
    let path = desk.path("certificate.pdf");
    std::fs::write(&path, &file).unwrap();
    let keys = server.get("/api/certificates/keys").await;
    let key = keys["items"][0]["public_key"].as_str().unwrap().to_owned();

    let by_database = desk.told(&["verify", &path]).await;
    by_database.ended(0).says("✓ signature").says("✓ file").says("✓ state      valid now").says("Айгүл").says(&number);
    desk.told(&["verify", &number]).await.ended(0).says("Айгүл").says("✓ state      valid now");
    desk.told(&["key"]).await.ended(0).says(&format!("{key}  signs now"));

    // Another machine: no database, no settings that could be used, only the key.
    let elsewhere = tempfile::tempdir().unwrap();
    let broken = [("PORT", "no port")];
    for settings in [&[][..], &broken[..]] {
        let alone = told(elsewhere.path(), settings, &["verify", &path, "--public-key", &key]).await;
        alone.ended(0).says("✓ signature").says("✓ file").says("? state      cannot be known");
        told(elsewhere.path(), settings, &["verify", &path]).await.ended(1).says("--public-key");
        told(elsewhere.path(), settings, &["verify", &number, "--public-key", &key])
            .await
            .ended(1)
            .says("only the database");
    }
    assert_eq!(std::fs::read_dir(elsewhere.path()).unwrap().count(), 0, "looking makes no database");

    let mut changed = file.clone();
    let middle = changed.len() / 2;
    changed[middle] ^= 1;
    std::fs::write(desk.path("changed.pdf"), &changed).unwrap();
    let noticed = desk.told(&["verify", &desk.path("changed.pdf")]).await;
    noticed.ended(1).says("✓ signature").says("✗ file");
    std::fs::write(desk.path("other.pdf"), b"%PDF-1.7 and nothing else").unwrap();
    desk.told(&["verify", &desk.path("other.pdf")]).await.ended(1).says("no certificate of ours");
    let strangers = "A".repeat(42) + "E";
    desk.told(&["verify", &path, "--public-key", &strangers]).await.ended(1).says("✗ signature").says("✗ file");

    assert_eq!(server.terminate().await.code(), Some(0));
    let again = desk.server(&[]).await;
    assert!(document(&again, &donation).await == file, "the same donation has the same bytes in another process");
}

#[tokio::test]
async fn what_was_signed_before_the_key_changed_can_still_be_checked() {
    let desk = Desk::new();
    let mut before = desk.server(&[]).await;
    let (donation, number) = completed(&before).await;
    std::fs::write(desk.path("old.pdf"), document(&before, &donation).await).unwrap();
    let seen: Value = before.get(&format!("/api/certificates/{number}")).await;
    let signature = seen["signature"].as_str().unwrap().to_owned();
    before.terminate().await;

    let made = desk.told(&["new-key"]).await;
    made.ended(0).says("CERTIFICATE_SIGNING_KEY=");
    let secret = made.text.lines().next().unwrap().split_once('=').unwrap().1.to_owned();
    let after = desk.server(&[("CERTIFICATE_SIGNING_KEY", &secret)]).await;
    let keys = after.get("/api/certificates/keys").await;
    assert_eq!(keys["items"].as_array().unwrap().len(), 2);
    let public = keys["items"][0]["public_key"].as_str().unwrap();
    made.says(public);
    let now: Value = after.get(&format!("/api/certificates/{number}")).await;
    assert_eq!(now["key_id"], keys["items"][0]["key_id"]);
    assert_ne!(now["signature"], signature.as_str());
    for shown in [signature.as_str(), now["signature"].as_str().unwrap()] {
        let page = reqwest::get(format!("{}/certificates/{number}?s={shown}", after.url)).await.unwrap();
        assert!(page.text().await.unwrap().contains("data-signature=\"matches\""));
    }
    std::fs::write(desk.path("new.pdf"), document(&after, &donation).await).unwrap();
    for name in ["old.pdf", "new.pdf"] {
        desk.told(&["verify", &desk.path(name)]).await.ended(0).says("✓ file");
    }
}

#[tokio::test]
async fn wrong_usage_and_what_is_not_there_are_told_apart() {
    let desk = Desk::new();
    desk.told(&["verify"]).await.ended(2);
    desk.told(&["verify", "x.pdf", "--public-key", "short"]).await.ended(2).says("43 letters");
    desk.told(&["verify", "TREE-2026"]).await.ended(1).says("neither a file nor a number");
    desk.told(&["verify", "TREE-2026-000001"]).await.ended(1).says("its file is not there");
    desk.told(&["verify", "--help"]).await.ended(0).says("FILE|NUMBER").says("--public-key");
    let server = desk.server(&[]).await;
    desk.told(&["verify", "TREE-2026-000001"]).await.ended(1).says("no certificate has the number");
    drop(server);
}
