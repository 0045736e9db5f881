//! Who gets what: every endpoint of the API and every page, and what each kind of caller gets from it. A route that is not here fails.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use crate::support::named::Named::{
    self, Campaign, Delivery, GuestsPaid, GuestsUnpaid, Job, ManagedCampaign, Nothing, Number, Paid, Unknown, Unpaid,
};
use crate::support::webhook;

/// Anonymous, the donor whose it is, another donor, a viewer, an administrator, a token (or a cookie) that is over, and one that was forged.
pub const CALLERS: [&str; 7] = ["anonymous", "owner", "other donor", "viewer", "admin", "expired", "forged"];

/// What each of [`CALLERS`] gets.
pub type Gets = [u16; 7];

/// Anybody may; who it is does not matter.
const fn anybody(status: u16) -> Gets {
    [status; 7]
}

/// Whoever is signed in, each for themselves.
const fn signed_in(status: u16) -> Gets {
    [401, status, status, status, status, 401, 401]
}

/// The owner, and an administrator, who sees what there is to see.
const fn owner_or_admin(status: u16) -> Gets {
    [401, status, 404, 404, status, 401, 401]
}

/// The owner alone.
const fn owner(status: u16) -> Gets {
    [401, status, 404, 404, 404, 401, 401]
}

/// A viewer or an administrator.
const fn look(status: u16) -> Gets {
    [401, 403, 403, status, status, 401, 401]
}

/// An administrator.
const fn change(status: u16) -> Gets {
    [401, 403, 403, 403, status, 401, 401]
}

const BIRCH: &str = r#"{"slug":"birch","title":{"kk":"Қайың","ru":"Берёза","en":"Birch"},"price_per_tree":700}"#;
const GUEST: &str = r#"{"amount": 5000, "donor_name": "Иван", "donor_email": "ivan@example.com"}"#;

/// Method, path, what is named, the body, and what each of [`CALLERS`] gets.
#[rustfmt::skip]
pub const ENDPOINTS: &[(&str, &str, Named, &str, Gets)] = &[
    ("GET", "/api/donations", Nothing, "", signed_in(200)),
    ("POST", "/api/donations", Nothing, r#"{"amount": 5000}"#, signed_in(201)),
    ("GET", "/api/donations/{id}", Paid, "", owner_or_admin(200)),
    ("POST", "/api/donations/{id}/payment", Unpaid, "", owner(200)),
    ("GET", "/api/donations/{id}/certificate", Paid, "", owner_or_admin(200)),
    ("POST", "/api/donations/{id}/cancel", Unpaid, "", owner(200)),
    // What belongs to an account is not a guest's, for nobody.
    ("GET", "/api/guest-donations/{id}", Paid, "", anybody(404)),
    ("POST", "/api/guest-donations/{id}/payment", Unpaid, "", anybody(404)),
    ("GET", "/api/guest-donations/{id}/certificate", Paid, "", anybody(404)),
    ("POST", "/api/guest-donations/{id}/cancel", Unpaid, "", anybody(404)),
    ("POST", "/api/guest-donations", Nothing, GUEST, anybody(201)),
    ("GET", "/api/guest-donations/{id}", GuestsUnpaid, "", anybody(200)),
    ("POST", "/api/guest-donations/{id}/payment", GuestsUnpaid, "", anybody(200)),
    ("GET", "/api/guest-donations/{id}/certificate", GuestsPaid, "", anybody(200)),
    ("POST", "/api/guest-donations/{id}/cancel", GuestsUnpaid, "", anybody(200)),
    // A guest's is no account's, but an administrator reads all.
    ("GET", "/api/donations/{id}", GuestsPaid, "", [401, 404, 404, 404, 200, 401, 401]),
    ("POST", "/api/donations/{id}/payment", GuestsUnpaid, "", owner(404)),
    ("GET", "/api/donations/{id}/certificate", GuestsPaid, "", [401, 404, 404, 404, 200, 401, 401]),
    ("POST", "/api/donations/{id}/cancel", GuestsUnpaid, "", owner(404)),
    // Whatever token is shown, the address is taken, the password wrong, the link's token unknown.
    ("POST", "/api/auth/register", Nothing, r#"{"email":"owner@example.com","password":"correct horse","name":"A"}"#, anybody(409)),
    ("POST", "/api/auth/login", Nothing, r#"{"email":"owner@example.com","password":"another horse"}"#, anybody(401)),
    ("POST", "/api/auth/refresh", Nothing, r#"{"refresh_token":"x"}"#, anybody(401)),
    ("POST", "/api/auth/logout", Nothing, r#"{"refresh_token":"x"}"#, anybody(204)),
    ("POST", "/api/auth/password/forgot", Nothing, r#"{"email":"nobody@example.com"}"#, anybody(202)),
    ("POST", "/api/auth/password/reset", Nothing, r#"{"token":"x","password":"another horse"}"#, anybody(422)),
    ("POST", "/api/auth/confirm", Nothing, r#"{"token":"x"}"#, anybody(422)),
    ("GET", "/api/auth/me", Nothing, "", signed_in(200)),
    ("GET", "/api/certificates/{number}", Number, "", anybody(200)),
    ("GET", "/api/certificates/keys", Nothing, "", anybody(200)),
    ("GET", "/api/campaigns", Nothing, "", anybody(200)),
    ("GET", "/api/campaigns/{slug}", Campaign, "", anybody(200)),
    ("GET", "/campaigns/{slug}/picture-{name}", Campaign, "", anybody(404)),
    ("GET", "/api/stats", Nothing, "", anybody(200)),
    ("GET", "/api/config", Nothing, "", anybody(200)),
    ("GET", "/api/openapi.json", Nothing, "", anybody(200)),
    ("GET", "/api/docs", Nothing, "", anybody(200)),
    ("GET", "/health/live", Nothing, "", anybody(200)),
    ("GET", "/health/ready", Nothing, "", anybody(200)),
    ("GET", "/health", Nothing, "", anybody(200)),
    // A token is no signature.
    ("POST", "/api/webhooks/ioka", Nothing, webhook::VECTOR, anybody(401)),
    ("GET", "/api/admin/donations", Nothing, "", look(200)),
    ("GET", "/api/admin/donations/{id}", Paid, "", look(200)),
    ("POST", "/api/admin/donations/{id}/refund", Paid, r#"{"reason":"asked"}"#, change(201)),
    ("POST", "/api/admin/donations/{id}/receipt", Paid, "", change(202)),
    ("POST", "/api/admin/donations/{id}/sync", Paid, "", change(200)),
    ("POST", "/api/admin/donations/{id}/resolve", Paid, r#"{"review":"paid_late","note":"seen"}"#, change(404)),
    ("POST", "/api/admin/donations/{id}/certificate-name", Paid, r#"{"name":"Айгүл","reason":"asked"}"#, change(200)),
    ("GET", "/api/admin/campaigns", Nothing, "", look(200)),
    ("POST", "/api/admin/campaigns", Nothing, BIRCH, change(201)),
    ("GET", "/api/admin/campaigns/{slug}", ManagedCampaign, "", look(200)),
    ("PATCH", "/api/admin/campaigns/{slug}", ManagedCampaign, r#"{"goal":1000000}"#, change(200)),
    ("GET", "/api/admin/campaigns/{slug}/preview", ManagedCampaign, "", look(200)),
    ("POST", "/api/admin/campaigns/{slug}/close", ManagedCampaign, "", change(200)),
    ("PUT", "/api/admin/campaigns/{slug}/picture", ManagedCampaign, "{}", change(415)),
    ("DELETE", "/api/admin/campaigns/{slug}/picture", ManagedCampaign, "", change(200)),
    ("GET", "/api/admin/stats", Nothing, "", look(200)),
    ("GET", "/api/admin/jobs", Nothing, "", look(200)),
    ("POST", "/api/admin/jobs/{id}/retry", Job, "", change(202)),
    ("GET", "/api/admin/reconciliation", Nothing, "", look(422)),
    ("POST", "/api/admin/reconciliation", Nothing, r#"{"date": "2026-03-01"}"#, change(202)),
    ("GET", "/api/admin/reconciliation/proof", Nothing, "", look(422)),
    ("GET", "/api/admin/export", Nothing, "", look(422)),
    ("GET", "/api/admin/brake", Nothing, "", look(200)),
    ("PUT", "/api/admin/brake", Nothing, r#"{"on": false}"#, change(200)),
    ("GET", "/api/admin/webhooks", Nothing, "", look(200)),
    ("GET", "/api/admin/webhooks/{id}", Delivery, "", look(200)),
    ("POST", "/api/admin/webhooks/{id}/replay", Delivery, "", change(200)),
    ("GET", "/api/admin/audit", Nothing, "", look(200)),
    // Last, because the accounts are gone then.
    ("DELETE", "/api/auth/me", Nothing, "", signed_in(204)),
];

/// A page that signs in whoever is nobody, and shows the rest what they have.
const fn own_page(status: u16) -> Gets {
    [303, status, status, status, status, 303, 303]
}

/// Whoever knows the id of a guest's, and the owner of an account's; there is no exception for administrators here.
const fn owners_page(status: u16) -> Gets {
    [404, status, 404, 404, 404, 404, 404]
}

/// A page of the administration: whoever is nobody signs in first.
const fn look_page(status: u16) -> Gets {
    [303, 403, 403, status, status, 303, 303]
}

/// A button of the administration.
const fn change_page(status: u16) -> Gets {
    [303, 403, 403, 403, status, 303, 303]
}

const ONCE: &str = "0123456789abcdef0123456789abcdef";

/// Method, path, what is named, the form's fields beside its token, and what each of [`CALLERS`] gets.
pub type Page = (&'static str, &'static str, Named, &'static [(&'static str, &'static str)], Gets);

/// Every page.
#[rustfmt::skip]
pub const PAGES: &[Page] = &[
    ("GET", "/", Nothing, &[], anybody(200)),
    ("GET", "/campaigns/{slug}", Campaign, &[], anybody(200)),
    ("GET", "/donate", Nothing, &[], anybody(303)),
    ("POST", "/donate", Nothing, &[("amount", "5000"), ("donor_name", "Иван"), ("donor_email", "ivan@example.com")], anybody(303)),
    ("GET", "/donations/{id}", Paid, &[], owners_page(200)),
    ("GET", "/donations/{id}", GuestsPaid, &[], anybody(200)),
    ("GET", "/donations/{id}/news", Paid, &[], owners_page(200)),
    ("GET", "/donations/{id}/pay", Unpaid, &[], anybody(303)),
    ("POST", "/donations/{id}/pay", Unpaid, &[], owners_page(303)),
    ("POST", "/donations/{id}/pay", GuestsUnpaid, &[], anybody(303)),
    ("GET", "/donations/{id}/certificate.pdf", Paid, &[], owners_page(200)),
    ("GET", "/donations/{id}/certificate.pdf", GuestsPaid, &[], anybody(200)),
    ("GET", "/certificates/{number}", Number, &[], anybody(200)),
    ("GET", "/certificates/{number}.png", Number, &[], anybody(200)),
    ("GET", "/widget.js", Nothing, &[], anybody(200)),
    ("GET", "/dev/mail", Nothing, &[], anybody(200)),
    ("GET", "/dev/mail/{id}", Unknown, &[], anybody(404)),
    ("GET", "/dev/mail/{id}/html", Unknown, &[], anybody(404)),
    ("GET", "/dev/mail/{id}/files/{number}", Unknown, &[], anybody(404)),
    ("GET", "/sign-in", Nothing, &[], [200, 303, 303, 303, 303, 200, 200]),
    ("POST", "/sign-in", Nothing, &[("email", "owner@example.com"), ("password", "another horse")], anybody(422)),
    ("GET", "/sign-up", Nothing, &[], [200, 303, 303, 303, 303, 200, 200]),
    ("POST", "/sign-up", Nothing, &[("email", "owner@example.com"), ("password", "short"), ("name", "A")], [422, 303, 303, 303, 303, 422, 422]),
    ("GET", "/forgot-password", Nothing, &[], anybody(200)),
    ("POST", "/forgot-password", Nothing, &[("email", "nobody@example.com")], anybody(200)),
    ("GET", "/reset-password", Nothing, &[], anybody(200)),
    ("POST", "/reset-password", Nothing, &[("token", "x"), ("password", "another horse")], anybody(422)),
    ("GET", "/confirm-email", Nothing, &[], anybody(200)),
    ("POST", "/confirm-email", Nothing, &[("token", "x")], anybody(422)),
    ("GET", "/my-donations", Nothing, &[], own_page(200)),
    ("GET", "/account", Nothing, &[], own_page(200)),
    ("GET", "/account/confirm-again", Nothing, &[], anybody(303)),
    ("POST", "/account/confirm-again", Nothing, &[], anybody(303)),
    ("GET", "/account/sign-out-everywhere", Nothing, &[], anybody(303)),
    ("GET", "/account/delete", Nothing, &[], anybody(303)),
    ("POST", "/account/delete", Nothing, &[("password", "another horse")], own_page(422)),
    ("GET", "/admin", Nothing, &[], look_page(200)),
    ("POST", "/admin/brake", Nothing, &[("position", "released")], change_page(303)),
    ("GET", "/admin/donations", Nothing, &[], look_page(200)),
    ("GET", "/admin/donations/{id}", Paid, &[], look_page(200)),
    // Whoever opens the address of a form is led to its page, which decides.
    ("GET", "/admin/donations/{id}/sync", Paid, &[], anybody(303)),
    ("POST", "/admin/donations/{id}/sync", Paid, &[], change_page(303)),
    ("GET", "/admin/donations/{id}/receipt", Paid, &[], anybody(303)),
    ("POST", "/admin/donations/{id}/receipt", Paid, &[], change_page(303)),
    ("GET", "/admin/donations/{id}/certificate-name", Paid, &[], anybody(303)),
    ("POST", "/admin/donations/{id}/certificate-name", Paid, &[("name", "Айгүл"), ("reason", "asked")], change_page(303)),
    ("GET", "/admin/donations/{id}/resolve", Paid, &[], anybody(303)),
    ("POST", "/admin/donations/{id}/resolve", Paid, &[("review", "paid_late"), ("note", "seen")], change_page(409)),
    ("GET", "/admin/donations/{id}/refund", Paid, &[], anybody(303)),
    ("POST", "/admin/donations/{id}/refund", Paid, &[("amount", "1000"), ("reason", "asked"), ("once", ONCE)], change_page(303)),
    ("GET", "/admin/donations/{id}/refund/check", Paid, &[], anybody(303)),
    ("POST", "/admin/donations/{id}/refund/check", Paid, &[("amount", "1000"), ("reason", "asked")], change_page(200)),
    ("GET", "/admin/campaigns", Nothing, &[], look_page(200)),
    ("POST", "/admin/campaigns", Nothing, &[], change_page(422)),
    ("GET", "/admin/campaigns/new", Nothing, &[], look_page(200)),
    ("GET", "/admin/campaigns/{slug}", ManagedCampaign, &[], look_page(200)),
    ("POST", "/admin/campaigns/{slug}", ManagedCampaign, &[], change_page(422)),
    ("POST", "/admin/campaigns/{slug}/close", ManagedCampaign, &[("sure", "true")], change_page(303)),
    ("GET", "/admin/campaigns/{slug}/preview", ManagedCampaign, &[], look_page(200)),
    ("GET", "/admin/reconciliation", Nothing, &[], look_page(200)),
    ("POST", "/admin/reconciliation", Nothing, &[], change_page(422)),
    ("GET", "/admin/reconciliation/proof", Nothing, &[], look_page(422)),
    ("GET", "/admin/export", Nothing, &[], look_page(200)),
    ("GET", "/admin/deliveries", Nothing, &[], look_page(200)),
    ("GET", "/admin/deliveries/{id}", Delivery, &[], look_page(200)),
    ("GET", "/admin/deliveries/{id}/replay", Delivery, &[], anybody(303)),
    ("POST", "/admin/deliveries/{id}/replay", Delivery, &[], change_page(303)),
    ("GET", "/admin/jobs", Nothing, &[], look_page(200)),
    ("POST", "/admin/jobs/{id}/retry", Job, &[], change_page(303)),
    ("GET", "/admin/audit", Nothing, &[], look_page(200)),
    // Last, because the sessions are gone then.
    ("POST", "/sign-out", Nothing, &[], anybody(303)),
    ("POST", "/account/sign-out-everywhere", Nothing, &[], anybody(303)),
];

/// The pages that the administration shows.
pub fn admin_pages() -> impl Iterator<Item = &'static str> {
    PAGES.iter().filter(|(method, path, ..)| *method == "GET" && path.starts_with("/admin")).map(|(_, path, ..)| *path)
}

/// Method and path of every route in a source, but HEAD, which is GET's.
fn routes(source: &str) -> BTreeSet<(String, String)> {
    let called = |name: &str| {
        let parts: Vec<_> = source.split(&format!("{name}(\"/")).collect();
        let own = parts.windows(2).filter(|pair| !pair[0].ends_with(['.', '_']));
        own.map(|pair| pair[1].split(')').next().unwrap()).collect::<Vec<_>>()
    };
    let all = called("at").into_iter().map(|rest| rest.split_once("\", \"").unwrap());
    let forms = called("form").into_iter().map(|rest| (rest, "GET, POST"));
    let methods = |(path, methods): (&str, &str)| {
        let methods = methods.trim_end_matches('"').split(", ").filter(|method| *method != "HEAD");
        methods.map(|method| (method.to_owned(), format!("/{}", path.trim_end_matches('"')))).collect::<Vec<_>>()
    };
    all.chain(forms).flat_map(methods).collect()
}

/// Of every source below a folder.
fn routes_below(folder: &Path) -> BTreeSet<(String, String)> {
    let mut found = BTreeSet::new();
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        if entry.file_type().unwrap().is_dir() {
            found.extend(routes_below(&entry.path()));
        } else if entry.path().extension().is_some_and(|kind| kind == "rs") {
            found.extend(routes(&fs::read_to_string(entry.path()).unwrap()));
        }
    }
    found
}

#[test]
fn every_route_is_in_the_tables() {
    let owned = |(method, path): (&str, &str)| (method.to_owned(), path.to_owned());
    let tried: BTreeSet<_> = ENDPOINTS.iter().map(|(method, path, ..)| owned((method, path))).collect();
    assert_eq!(tried, routes(include_str!("../../src/routes.rs")));
    let tried: BTreeSet<_> = PAGES.iter().map(|(method, path, ..)| owned((method, path))).collect();
    let there = routes_below(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../web-ui/src"));
    assert!(there.len() > 30, "{there:?}");
    assert_eq!(tried, there);
}
