//! `donations export`.

use std::fs;

use crate::server::{ServerProcess, program};

#[tokio::test]
async fn donations_are_exported_at_the_command_line() {
    let folder = tempfile::tempdir().unwrap();
    let database = format!("sqlite://{}", folder.path().join("donations.db").display());
    let settings = [("DATABASE_URL", database.as_str())];
    let server = ServerProcess::start(&settings, &[]).await;
    let donation = server.donate().await;
    let run = |arguments: &'static [&'static str]| {
        let mut command = program(folder.path(), &settings);
        command.arg("export").args(arguments);
        async move { command.output().await.unwrap() }
    };
    let told = run(&["--format", "csv", "--lang", "en"]).await;
    assert_eq!(told.status.code(), Some(0), "{told:?}");
    let text = String::from_utf8(told.stdout).unwrap();
    assert!(text.starts_with("\u{feff}ID;Created (Kazakhstan's time);"), "{text}");
    assert!(text.lines().nth(1).unwrap().starts_with(&donation), "{text}");
    assert_eq!(text.lines().count(), 2, "nothing but the file goes to standard output");

    let file = folder.path().join("all.xlsx");
    fs::write(&file, "old").unwrap();
    let told = run(&["--format", "xlsx", "--status", "pending", "--output", "all.xlsx"]).await;
    assert_eq!(told.status.code(), Some(0), "{told:?}");
    assert!(fs::read(&file).unwrap().starts_with(b"PK"), "the old file was replaced");
    let left: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert!(left.iter().all(|name| !name.to_string_lossy().ends_with(".part")), "{left:?}");

    for (arguments, code, says) in [
        (&["--format", "pdf"][..], 2, "csv or xlsx"),
        (&["--format", "csv", "--status", "paid", "--from", "x"], 1, "--status: unknown_status, --from: invalid_date"),
        (&["--format", "csv", "--campaign", "nowhere"], 1, "there is no such campaign"),
        (&["--format", "csv", "--output", "no/such/folder.csv"], 1, "no/such/folder.csv"),
    ] {
        let told = run(arguments).await;
        let message = String::from_utf8(told.stderr).unwrap();
        assert_eq!(told.status.code(), Some(code), "{message}");
        assert!(message.contains(says), "{message}");
    }
}
