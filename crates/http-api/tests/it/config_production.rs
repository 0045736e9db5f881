//! What must not go live.

use http_api::config::{Sources, load};

/// Settings with which a server may go live.
fn live() -> Vec<(&'static str, &'static str)> {
    vec![
        ("APP_ENV", "production"),
        ("IOKA_ENABLED", "true"),
        ("IOKA_API_KEY", "k3y-0f-the-sh0p-9f81c2"),
        ("IOKA_WEBHOOK_SECRET", "a1b2c3d4e5f60718293a4b5c6d7e8f90"),
        ("JWT_SECRET", "7f1e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c4b5a6978"),
        ("DATABASE_URL", "postgres://donations:p4ss-w0rd-0f-db@db.internal/donations"),
        ("FRONTEND_URL", "https://charity.kz"),
        ("BACKEND_URL", "https://api.charity.kz"),
    ]
}

/// The names of what is wrong with `live()` when this is changed.
fn refused(changes: &[(&'static str, &'static str)]) -> Vec<String> {
    let mut settings = live();
    settings.extend(changes);
    match load(&Sources::of(&settings)) {
        Ok(_) => Vec::new(),
        Err(errors) => errors.keys().map(str::to_owned).collect(),
    }
}

#[test]
fn with_real_secrets_the_server_goes_live() {
    assert_eq!(refused(&[]), [""; 0]);
    let config = load(&Sources::of(&live())).unwrap();
    assert!(config.takes_real_payments());
    assert_eq!(config.ioka.unwrap().base_url.as_str(), "https://api.ioka.kz/");
}

#[test]
fn the_fake_gateway_does_not_go_live() {
    assert_eq!(refused(&[("IOKA_ENABLED", "false")]), ["IOKA_ENABLED"]);
}

#[test]
fn placeholders_do_not_go_live() {
    for placeholder in [
        "your_ioka_api_key_goes_here_your_own",
        "changeme-changeme-changeme-changeme-changeme",
        "CHANGE_ME_CHANGE_ME_CHANGE_ME_CHANGE_ME",
        "*************************************",
        "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
        "a-placeholder-of-more-than-32-characters",
        "development-only-jwt-secret-that-everybody-knows",
        "development-only-webhook-secret-and-more",
    ] {
        for key in ["IOKA_API_KEY", "IOKA_WEBHOOK_SECRET", "JWT_SECRET"] {
            assert_eq!(refused(&[(key, placeholder)]), [key], "{placeholder}");
        }
    }
}

#[test]
fn short_and_unset_secrets_do_not_go_live() {
    assert_eq!(refused(&[("JWT_SECRET", "7f1e2d3c4b5a69788796a5b4c3d2e1f")]), ["JWT_SECRET"]);
    assert_eq!(refused(&[("IOKA_API_KEY", "k3y-0f-")]), ["IOKA_API_KEY"]);
    assert_eq!(refused(&[("IOKA_WEBHOOK_SECRET", "a1b2c3d4e5f6071")]), ["IOKA_WEBHOOK_SECRET"]);
    for key in ["IOKA_API_KEY", "IOKA_WEBHOOK_SECRET", "JWT_SECRET"] {
        assert_eq!(refused(&[(key, "")]), [key]);
        assert_eq!(refused(&[(key, "   ")]), [key]);
    }
}

#[test]
fn a_bare_production_names_every_missing_key_at_once() {
    let errors = load(&Sources::of(&[("APP_ENV", "production")])).unwrap_err();
    let named: Vec<_> = errors.keys().collect();
    for key in ["IOKA_ENABLED", "IOKA_API_KEY", "IOKA_WEBHOOK_SECRET", "JWT_SECRET"] {
        assert!(named.contains(&key), "{errors}");
    }
}

#[test]
fn the_key_does_not_travel_in_the_clear() {
    assert_eq!(refused(&[("IOKA_BASE_URL", "http://api.ioka.kz")]), ["IOKA_BASE_URL"]);
    assert_eq!(refused(&[("IOKA_BASE_URL", "http://localhost:7070")]), [""; 0]);
}

#[test]
fn no_message_and_no_debug_shows_a_secret() {
    let secrets = ["k3y-0f-the-sh0p-9f81c2", "a1b2c3d4e5f6", "7f1e2d3c4b5a", "p4ss-w0rd-0f-db", "db.internal"];
    let debug = format!("{:?} {:?}", load(&Sources::of(&live())).unwrap(), load(&Sources::of(&live())).unwrap().ioka);
    let mut wrong = live();
    wrong.extend([
        ("APP_ENV", "live"),
        ("PORT", "p4ss-w0rd-0f-db"),
        ("IOKA_API_KEY", "k3y"),
        ("IOKA_ENABLED", "a1b2c3d4e5f6"),
    ]);
    let errors = load(&Sources::of(&wrong)).unwrap_err();
    for shown in [debug, errors.to_string(), format!("{errors:?}")] {
        for secret in secrets {
            assert!(!shown.contains(secret), "{secret}: {shown}");
        }
    }
}

#[test]
fn where_the_settings_come_from_is_not_shown_either() {
    let shown = format!("{:?}", Sources::of(&live()));
    for secret in ["k3y-0f-the-sh0p-9f81c2", "a1b2c3d4e5f6", "7f1e2d3c4b5a", "p4ss-w0rd-0f-db"] {
        assert!(!shown.contains(secret), "{shown}");
    }
}
