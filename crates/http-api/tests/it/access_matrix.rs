//! Every endpoint of the API and every page gives every kind of caller what the tables say.

use chrono::TimeDelta;
use domain::Role;
use reqwest::Method;

use crate::access_tables::{CALLERS, ENDPOINTS, PAGES};
use crate::support::named::Named::Nothing;
use crate::support::{App, Browser, Session};

on_both_databases!(every_endpoint_gives_every_caller_what_it_must, every_page_gives_every_caller_what_it_must);

/// A token whose owner has changed it: it says what it said, and is signed by nobody.
fn forged(token: &str) -> String {
    let (signed, signature) = token.rsplit_once('.').unwrap();
    let turned: String = signature.chars().rev().collect();
    format!("{signed}.{turned}")
}

/// A session that the clock has gone past, and five others.
struct People {
    expired: Session,
    owner: Session,
    other: Session,
    viewer: Session,
    admin: Session,
}

impl People {
    async fn of(app: &App) -> Self {
        let expired = app.register("over@example.com").await;
        app.clock.advance(TimeDelta::days(1));
        Self {
            expired,
            owner: app.register("owner@example.com").await,
            other: app.register("other@example.com").await,
            viewer: app.operator(2, Role::Viewer).await,
            admin: app.admin().await,
        }
    }

    fn tokens(&self) -> [Option<String>; 7] {
        let all =
            [&self.owner, &self.other, &self.viewer, &self.admin, &self.expired].map(|session| session.token.clone());
        let [owner, other, viewer, admin, expired] = all;
        let forged = forged(&admin);
        [None, Some(owner), Some(other), Some(viewer), Some(admin), Some(expired), Some(forged)]
    }
}

async fn every_endpoint_gives_every_caller_what_it_must(app: App) {
    let people = People::of(&app).await;
    let mut wrong = Vec::new();
    for (method, path, named, body, gets) in ENDPOINTS {
        for ((caller, token), status) in CALLERS.iter().zip(people.tokens()).zip(gets) {
            // The owner's account may be the one that has just gone.
            let path = if *named == Nothing {
                (*path).to_owned()
            } else {
                app.path(path, *named, (&people.owner, &people.admin)).await
            };
            let call = app.call(Method::from_bytes(method.as_bytes()).unwrap(), &path);
            let call = if body.is_empty() { call } else { call.text(body) };
            let answer = token.into_iter().fold(call, |call, token| call.bearer(&token)).await;
            if answer.status != *status {
                wrong.push(format!("{method} {path}: {caller} gets {}, not {status}", answer.status));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// The browsers of [`CALLERS`], each with what its session's forms carry.
async fn browsers<'a>(app: &'a App, over: Browser<'a>) -> Vec<(Browser<'a>, Option<String>)> {
    let mut forged = Browser::new(app);
    forged.cookie = Some(format!("__Host-donations-session={}", "ab".repeat(32)));
    let mut browsers = vec![(Browser::new(app), None)];
    for email in ["owner@example.com", "other@example.com", "viewer@charity.kz", "admin@charity.kz"] {
        let mut browser = Browser::signed_in(app, email).await;
        let csrf = browser.csrf().await;
        browsers.push((browser, Some(csrf)));
    }
    browsers.extend([(over, Some("ab".repeat(32))), (forged, Some("ab".repeat(32)))]);
    browsers
}

async fn every_page_gives_every_caller_what_it_must(app: App) {
    app.register("expired@example.com").await;
    let over = Browser::signed_in(&app, "expired@example.com").await;
    app.clock.advance(TimeDelta::days(31));
    let people = People::of(&app).await;
    let mut browsers = browsers(&app, over).await;
    let mut wrong = Vec::new();
    for (method, path, named, fields, gets) in PAGES {
        for ((caller, (browser, csrf)), status) in CALLERS.iter().zip(&mut browsers).zip(gets) {
            let path = app.path(path, *named, (&people.owner, &people.admin)).await;
            let cookie = browser.cookie.clone();
            let answer = if *method == "GET" {
                browser.get(&path).await
            } else {
                let mut fields = fields.to_vec();
                fields.extend(csrf.as_deref().map(|csrf| ("csrf", csrf)));
                browser.post(&path, &fields).await
            };
            if answer.status != *status {
                wrong.push(format!("{method} {path}: {caller} gets {}, not {status}", answer.status));
            }
            let signs_in = answer.header("location").is_some_and(|to| to.starts_with("/sign-in?"));
            let nobody = csrf.as_deref().is_none_or(|csrf| csrf == "ab".repeat(32));
            // The address of a form leads to the page that has it, which leads on to signing in.
            let page = answer.header("location").and_then(|to| to.split('?').next()).unwrap_or_default();
            let leads_back = *method == "GET" && page.starts_with("/admin/") && path.starts_with(page);
            if path.starts_with("/admin") && nobody && !signs_in && !leads_back {
                wrong.push(format!("{method} {path}: {caller} is not led to sign in"));
            }
            if nobody {
                browser.cookie = cookie;
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
