//! `/dev/mail`: mails that went into a folder in place of going to somebody, for whoever develops on this machine.
//!
//! There is such a page only where the host gives a [`MailArchive`]; else every address below answers 404. A mail's HTML is shown in a
//! frame of its own, which may run nothing, load nothing and send nothing; its links open in the whole window, if somebody clicks.

use std::sync::{Arc, LazyLock};

use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderValue};
use actix_web::web::{self, ServiceConfig};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use domain::ports::{ArchivedMail, MailArchive, MailSummary};
use domain::{Instant, Language};
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use crate::answer::{Forms, html};
use crate::handlers::broken;
use crate::language::requested_language;
use crate::pages::Pages;
use crate::routes::{at, get};
use crate::texts::{Arg, Texts};
use crate::views::{Corner, Layout, MessagePage};

/// What the pages may do: show a frame of ours.
const PAGE_POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self' data:; font-src 'self'; frame-src 'self'; \
                           form-action 'none'; frame-ancestors 'none'; base-uri 'none'";

/// What a mail may do within its frame: be looked at, and lead away when somebody clicks.
const MAIL_POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'; base-uri 'none'; \
                           frame-ancestors 'self'; \
                           sandbox allow-top-navigation-by-user-activation allow-popups allow-popups-to-escape-sandbox";

/// What a file may do if a browser shows it after all.
const FILE_POLICY: &str = "default-src 'none'; frame-ancestors 'none'; sandbox";

const STYLE: &str = include_str!("../assets/mailbox.css");

/// Its address changes with its text.
static STYLE_PATH: LazyLock<String> = LazyLock::new(|| {
    let hash = hex::encode(Sha256::digest(STYLE.as_bytes()));
    format!("/static/mailbox-{}.css", &hash[..16])
});

/// Registers the pages.
pub(crate) fn routes(config: &mut ServiceConfig) {
    config
        .service(at("/dev/mail", "GET, HEAD").route(get().to(list)))
        .service(at("/dev/mail/{id}", "GET, HEAD").route(get().to(show)))
        .service(at("/dev/mail/{id}/html", "GET, HEAD").route(get().to(document)))
        .service(at("/dev/mail/{id}/files/{number}", "GET, HEAD").route(get().to(file)))
        .service(at(&STYLE_PATH, "GET, HEAD").route(get().to(style)));
}

/// The latest mails, newest first.
async fn list(pages: web::Data<Pages>, request: HttpRequest) -> HttpResponse {
    let language = requested_language(&request);
    let Some(archive) = &pages.mail_archive else { return MessagePage::no_page(language).answer() };
    match archive.latest().await {
        Ok(mails) => page(&ListPage::new(language, &mails), language),
        Err(error) => broken(&error, language),
    }
}

/// One mail: its HTML in a frame, its text, its files.
async fn show(pages: web::Data<Pages>, request: HttpRequest) -> HttpResponse {
    let language = requested_language(&request);
    match found(&pages, &request, language).await {
        Ok(mail) => page(&MailPage::new(language, mail), language),
        Err(answer) => answer,
    }
}

/// The HTML by itself, for the frame.
async fn document(pages: web::Data<Pages>, request: HttpRequest) -> HttpResponse {
    match found(&pages, &request, requested_language(&request)).await {
        Ok(mail) => kept_to_itself(MAIL_POLICY)
            .insert_header((header::X_FRAME_OPTIONS, "SAMEORIGIN"))
            .content_type("text/html; charset=utf-8")
            .body(with_links_for_the_whole_window(&mail.html)),
        Err(answer) => answer,
    }
}

/// A file that came with it, to be saved.
async fn file(pages: web::Data<Pages>, request: HttpRequest) -> HttpResponse {
    let language = requested_language(&request);
    let mail = match found(&pages, &request, language).await {
        Ok(mail) => mail,
        Err(answer) => return answer,
    };
    let number = request.match_info().get("number").and_then(|number| number.parse::<usize>().ok());
    let Some(file) = number.and_then(|number| mail.attachments.into_iter().nth(number)) else {
        return MessagePage::no_page(language).answer();
    };
    let content_type =
        if file.content_type == "application/pdf" { "application/pdf" } else { "application/octet-stream" };
    kept_to_itself(FILE_POLICY)
        .insert_header((header::X_FRAME_OPTIONS, "DENY"))
        .insert_header((header::CONTENT_DISPOSITION, format!("attachment; filename=\"{}\"", plain(&file.file_name))))
        .content_type(content_type)
        .body(file.bytes)
}

async fn style() -> HttpResponse {
    HttpResponse::Ok()
        .content_type("text/css; charset=utf-8")
        .insert_header((header::CACHE_CONTROL, "public, max-age=31536000, immutable"))
        .insert_header((header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .body(STYLE)
}

/// The mail that the path names, else the answer.
async fn found(pages: &Pages, request: &HttpRequest, language: Language) -> Result<ArchivedMail, HttpResponse> {
    let id = request.match_info().get("id").and_then(|text| Uuid::try_parse(text).ok());
    let archive: Option<&Arc<dyn MailArchive>> = pages.mail_archive.as_ref();
    let Some((archive, id)) = archive.zip(id) else { return Err(MessagePage::no_page(language).answer()) };
    match archive.find(id).await {
        Ok(mail) => mail.ok_or_else(|| MessagePage::no_page(language).answer()),
        Err(error) => Err(broken(&error, language)),
    }
}

fn page(page: &impl Template, language: Language) -> HttpResponse {
    let mut answer = html(page, StatusCode::OK, language, Forms::None);
    answer.headers_mut().insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(PAGE_POLICY));
    answer
}

fn kept_to_itself(policy: &'static str) -> actix_web::HttpResponseBuilder {
    let mut answer = HttpResponse::Ok();
    answer
        .insert_header((header::CONTENT_SECURITY_POLICY, policy))
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .insert_header((header::REFERRER_POLICY, "no-referrer"))
        .insert_header((header::X_CONTENT_TYPE_OPTIONS, "nosniff"));
    answer
}

/// Within the frame a link would open in the frame, which most pages refuse.
fn with_links_for_the_whole_window(document: &str) -> String {
    const BASE: &str = "<base target=\"_top\">";
    match document.split_once("<head>") {
        Some((before, after)) => format!("{before}<head>{BASE}{after}"),
        None => format!("{BASE}{document}"),
    }
}

/// A file's name in a header: what is no plain letter is left out.
fn plain(name: &str) -> String {
    name.chars().map(|c| if c.is_ascii_alphanumeric() || "-_.".contains(c) { c } else { '_' }).collect()
}

fn written(at: Instant) -> String {
    at.format("%Y-%m-%d %H:%M:%S UTC").to_string()
}

struct Line {
    href: String,
    subject: String,
    to: String,
    written_at: String,
}

#[derive(Template)]
#[template(path = "mailbox/list.html")]
struct ListPage {
    layout: Layout,
    style: &'static str,
    mails: Vec<Line>,
}

impl ListPage {
    fn new(language: Language, mails: &[MailSummary]) -> Self {
        let line = |mail: &MailSummary| Line {
            href: format!("/dev/mail/{}?lang={}", mail.id, language.code()),
            subject: mail.subject.clone(),
            to: mail.to.clone(),
            written_at: written(mail.written_at),
        };
        let layout = Layout::new(language, &Texts(language).get("mailbox-heading"), "/dev/mail");
        Self { layout, style: &STYLE_PATH, mails: mails.iter().map(line).collect() }
    }
}

struct FileLine {
    href: String,
    name: String,
    size: String,
}

#[derive(Template)]
#[template(path = "mailbox/mail.html")]
struct MailPage {
    layout: Layout,
    style: &'static str,
    list: String,
    mail: ArchivedMail,
    written_at: String,
    document: String,
    files: Vec<FileLine>,
}

impl MailPage {
    fn new(language: Language, mail: ArchivedMail) -> Self {
        let path = format!("/dev/mail/{}", mail.summary.id);
        let files = mail.attachments.iter().enumerate().map(|(number, file)| FileLine {
            href: format!("{path}/files/{number}"),
            name: file.file_name.clone(),
            size: size(language, file.bytes.len()),
        });
        Self {
            files: files.collect(),
            layout: Layout::new(language, &mail.summary.subject, &path),
            style: &STYLE_PATH,
            list: format!("/dev/mail?lang={}", language.code()),
            written_at: written(mail.summary.written_at),
            document: format!("{path}/html"),
            mail,
        }
    }
}

fn size(language: Language, bytes: usize) -> String {
    let kilobytes = u64::try_from(bytes.div_ceil(1024)).unwrap_or(u64::MAX);
    Texts(language).fill("mailbox-size", &[("kilobytes", Arg::Count(kilobytes))])
}
