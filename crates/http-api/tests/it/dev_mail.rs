//! The page that shows a developer the mails that went to nobody.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use application::{House, work_off_jobs};
use domain::ports::Mailer;
use mail::FolderMailer;
use serde_json::json;
use tempfile::TempDir;

use crate::support::{App, Setup};

set_up_on_both_databases!(
    mails_in_the_folder_are_listed_newest_first,
    a_mail_is_shown_with_its_html_its_text_and_its_files,
    a_mails_html_can_do_nothing_but_be_looked_at,
    there_is_no_such_page_where_mail_goes_to_somebody,
    nothing_but_a_mail_of_the_folder_is_ever_read,
    what_is_no_mail_is_left_out,
);

/// A site whose mails go into this folder.
fn site(setup: Setup, folder: &Path) -> App {
    setup.with("MAIL_FOLDER", folder.to_str().unwrap()).start()
}

/// Sends what is due into the folder.
async fn work_off(app: &App, folder: &Path) {
    let mailer: Arc<dyn Mailer> = Arc::new(FolderMailer::new(folder, "Қор <noreply@fund.kz>").unwrap());
    work_off_jobs(&House { mailer, ..app.house() }, &|| false).await.unwrap();
}

async fn donate(app: &App, folder: &Path, name: &str) -> String {
    let body = json!({"amount": 5000, "donor_name": name, "donor_email": "ivan@example.com", "language": "ru"});
    let id = app.post("/api/guest-donations").json(&body).await.expect(201)["id"].as_str().unwrap().to_owned();
    app.ioka(&crate::support::webhook::captured(&id, &format!("ord_{id}"), 5000)).await.expect(200);
    work_off(app, folder).await;
    app.clock.advance(chrono::TimeDelta::minutes(1));
    id
}

fn ids(folder: &Path) -> Vec<String> {
    let names = fs::read_dir(folder).unwrap().map(|file| file.unwrap().file_name().into_string().unwrap());
    names.filter_map(|name| name.strip_suffix(".eml").map(str::to_owned)).collect()
}

async fn mails_in_the_folder_are_listed_newest_first(setup: Setup) {
    let place = TempDir::new().unwrap();
    let folder = place.path().join("not/there/yet");
    let app = site(setup, &folder);
    let empty = app.get("/dev/mail?lang=en").await;
    assert_eq!((empty.status, empty.header("content-type")), (200, Some("text/html; charset=utf-8")));
    assert!(empty.text().contains("No mail yet"), "{}", empty.text());
    donate(&app, &folder, "Асем").await;
    donate(&app, &folder, "Олег").await;
    let page = app.get("/dev/mail?lang=en").await.text();
    let places: Vec<_> =
        ["TREE-2026-000002", "TREE-2026-000001"].iter().map(|number| page.find(number).unwrap()).collect();
    assert!(places.is_sorted(), "{page}");
    assert!(page.contains("Олег &#60;ivan@example.com&#62;") && page.contains("2026-03-01 10:01:00 UTC"), "{page}");
    for id in ids(&folder) {
        assert!(page.contains(&format!("href=\"/dev/mail/{id}?lang=en\"")), "{page}");
    }
}

async fn a_mail_is_shown_with_its_html_its_text_and_its_files(setup: Setup) {
    let folder = TempDir::new().unwrap();
    let app = site(setup, folder.path());
    let donation = donate(&app, folder.path(), "<b>Иван</b>").await;
    let id = ids(folder.path()).remove(0);
    let page = app.get(&format!("/dev/mail/{id}?lang=en")).await;
    let text = page.text();
    assert!(text.contains(&format!("<iframe class=\"mailbox-html\" src=\"/dev/mail/{id}/html\"")), "{text}");
    assert!(text.contains(&format!("https://charity.test/donations/{donation}")), "{text}");
    assert!(text.contains("&#60;b&#62;Иван&#60;/b&#62;") && !text.contains("<b>Иван"), "{text}");
    assert!(text.contains(&format!("/dev/mail/{id}/files/0")) && text.contains("TREE-2026-000001.pdf"), "{text}");
    let policy = page.header("content-security-policy").unwrap();
    assert!(policy.contains("default-src 'none'") && policy.contains("frame-src 'self'"), "{policy}");
    let sheet = text.split("rel=\"stylesheet\" href=\"/static/mailbox-").nth(1).unwrap().split('"').next().unwrap();
    assert_eq!(app.get(&format!("/static/mailbox-{sheet}")).await.status, 200);

    let file = app.get(&format!("/dev/mail/{id}/files/0")).await;
    assert_eq!((file.status, file.header("content-type")), (200, Some("application/pdf")));
    assert_eq!(file.header("content-disposition"), Some("attachment; filename=\"TREE-2026-000001.pdf\""));
    assert!(file.header("content-security-policy").unwrap().contains("sandbox"));
    assert_eq!(file.body, app.get(&format!("/api/guest-donations/{donation}/certificate")).await.body);
    for number in ["1", "-1", "x", "99999999999999999999"] {
        assert_eq!(app.get(&format!("/dev/mail/{id}/files/{number}")).await.status, 404);
    }
}

async fn a_mails_html_can_do_nothing_but_be_looked_at(setup: Setup) {
    let folder = TempDir::new().unwrap();
    let app = site(setup, folder.path());
    donate(&app, folder.path(), "Иван").await;
    let id = ids(folder.path()).remove(0);
    let document = app.get(&format!("/dev/mail/{id}/html")).await;
    let policy = document.header("content-security-policy").unwrap();
    for part in ["default-src 'none'", "form-action 'none'", "frame-ancestors 'self'", "base-uri 'none'"] {
        assert!(policy.contains(part), "{policy}");
    }
    let sandbox = policy.split_once("sandbox ").unwrap().1;
    assert!(sandbox.contains("allow-top-navigation-by-user-activation"), "{policy}");
    assert!(!sandbox.contains("allow-scripts") && !sandbox.contains("allow-same-origin"), "{policy}");
    assert_eq!(document.header("x-frame-options"), Some("SAMEORIGIN"));
    let text = document.text();
    assert!(text.starts_with("<!doctype html>") && text.contains("<head><base target=\"_top\">"), "{text}");
}

async fn there_is_no_such_page_where_mail_goes_to_somebody(setup: Setup) {
    let folder = TempDir::new().unwrap();
    let app = site(setup.with("SMTP_URL", "smtp://localhost?tls=none"), folder.path());
    let id = "0193aaaa-0000-7000-8000-000000000001";
    fs::write(folder.path().join(format!("{id}.eml")), "Subject: x\r\nDate: Thu, 01 Jan 2026 00:00:00 +0000\r\n\r\nx")
        .unwrap();
    for path in [
        "/dev/mail".to_owned(),
        format!("/dev/mail/{id}"),
        format!("/dev/mail/{id}/html"),
        format!("/dev/mail/{id}/files/0"),
    ] {
        assert_eq!(app.get(&path).await.status, 404, "{path}");
    }
}

async fn nothing_but_a_mail_of_the_folder_is_ever_read(setup: Setup) {
    let place = TempDir::new().unwrap();
    let folder = place.path().join("mails");
    fs::create_dir(&folder).unwrap();
    let id = "0193aaaa-0000-7000-8000-000000000001";
    let secret = "Subject: secret\r\nDate: Thu, 01 Jan 2026 00:00:00 +0000\r\n\r\nsecret\r\n";
    for name in [format!("{id}.eml"), "secret.eml".to_owned()] {
        fs::write(place.path().join(name), secret).unwrap();
    }
    fs::write(folder.join("secret.eml"), secret).unwrap();
    let app = site(setup, &folder);
    assert!(!app.get("/dev/mail").await.text().contains("secret"));
    let tries = [
        format!("..%2f{id}"),
        format!("..%2F{id}.eml"),
        format!("%2e%2e%2f{id}"),
        format!("..%5c{id}"),
        "%2Fetc%2Fpasswd".to_owned(),
        "secret".to_owned(),
        "secret.eml".to_owned(),
        format!("{id}%00"),
        format!("{id}.eml"),
        id.to_owned(),
    ];
    for name in tries {
        for rest in ["", "/html", "/files/0"] {
            let answer = app.get(&format!("/dev/mail/{name}{rest}")).await;
            assert!(answer.status == 404 && !answer.text().contains("secret\r"), "{name}{rest}: {}", answer.status);
        }
    }
}

async fn what_is_no_mail_is_left_out(setup: Setup) {
    let folder = TempDir::new().unwrap();
    let app = site(setup, folder.path());
    let file = |number: u8, content: &[u8]| {
        fs::write(folder.path().join(format!("0193aaaa-0000-7000-8000-00000000000{number}.eml")), content).unwrap();
    };
    file(1, b"");
    file(2, &[0xff; 1000]);
    file(3, b"Subject: no date\r\n\r\nx");
    fs::create_dir(folder.path().join("0193aaaa-0000-7000-8000-000000000004.eml")).unwrap();
    file(5, b"Date: Thu, 01 Jan 2026 00:00:00 +0000\r\nSubject: <script>alert(1)</script>\r\n\r\nno html");
    let page = app.get("/dev/mail").await;
    assert_eq!(page.status, 200);
    assert!(page.text().contains("&#60;script&#62;") && !page.text().contains("<script>alert"), "{}", page.text());
    assert_eq!(page.text().matches("href=\"/dev/mail/").count(), 1, "{}", page.text());
    let plain = app.get("/dev/mail/0193aaaa-0000-7000-8000-000000000005").await.text();
    assert!(plain.contains("no html") && !plain.contains("<iframe"), "{plain}");
    for number in 1..=4 {
        let status = app.get(&format!("/dev/mail/0193aaaa-0000-7000-8000-00000000000{number}")).await.status;
        assert!(status == 404 || (number == 4 && status == 503), "{number}: {status}");
    }
}
