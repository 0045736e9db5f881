//! Settings: what each may be, and what is said when it is not.

use http_api::config::{ConfigErrors, Sources, load};

fn wrong(settings: &[(&str, &str)]) -> ConfigErrors {
    load(&Sources::of(settings)).unwrap_err()
}

fn keys(settings: &[(&str, &str)]) -> Vec<String> {
    wrong(settings).keys().map(str::to_owned).collect()
}

#[test]
fn without_any_setting_there_is_a_server_for_development() {
    let config = load(&Sources::default()).unwrap();
    assert_eq!((config.host.as_str(), config.port), ("127.0.0.1", 5000));
    assert!(!config.takes_real_payments());
    assert_eq!(config.database_address(), "sqlite://data/donations.db");
    assert_eq!(config.return_to.success, "http://localhost:5000/donations/{donation_id}?result=success");
    assert_eq!((config.limits.min.get(), config.limits.max.get()), (100, 5_000_000));
    assert_eq!(config.payment_ttl.num_minutes(), 60);
    assert_eq!(config.gateway_timeout.as_millis(), 10_000);
    assert_eq!(config.reconcile_first_after.num_seconds(), 60);
    assert_eq!(config.reconcile_every.as_secs(), 30);
    assert!(config.warnings.iter().any(|warning| warning.contains("JWT_SECRET")), "{:?}", config.warnings);
    assert!(config.warnings.iter().any(|warning| warning.contains("IOKA_ENABLED")), "{:?}", config.warnings);
}

#[test]
fn an_empty_value_counts_as_not_set() {
    let config = load(&Sources::of(&[("PORT", ""), ("FRONTEND_URL", " "), ("JWT_SECRET", ""), ("HOST", "")])).unwrap();
    assert_eq!((config.host.as_str(), config.port), ("127.0.0.1", 5000));
    assert!(config.frontend_url.is_none());
}

#[test]
fn the_frontend_is_where_donors_come_back_to_and_may_call() {
    let config = load(&Sources::of(&[("FRONTEND_URL", "https://charity.test/")])).unwrap();
    assert_eq!(config.return_to.failure, "https://charity.test/donations/{donation_id}?result=failure");
    assert_eq!(config.return_to.back, "https://charity.test/donations/{donation_id}?result=back");
    assert_eq!(config.cors_origins, ["https://charity.test"]);
}

#[test]
fn a_frontend_being_written_may_call_and_in_production_only_those_that_are_named() {
    let config = load(&Sources::default()).unwrap();
    assert_eq!(config.cors_origins, ["http://localhost:3000", "http://127.0.0.1:3000"]);
    let named = [("FRONTEND_URL", "https://charity.test"), ("CORS_ORIGINS", "https://news.test, https://charity.test")];
    assert_eq!(load(&Sources::of(&named)).unwrap().cors_origins, ["https://news.test", "https://charity.test"]);
    let production = [
        ("APP_ENV", "production"),
        ("IOKA_ENABLED", "true"),
        ("IOKA_API_KEY", "live_0f9c1d2e3b4a5968"),
        ("IOKA_WEBHOOK_SECRET", "0f9c1d2e3b4a59687a6b5c4d"),
        ("JWT_SECRET", "0f9c1d2e3b4a59687a6b5c4d3e2f1a0b9c8d"),
    ];
    assert!(load(&Sources::of(&production)).unwrap().cors_origins.is_empty());
}

#[test]
fn everything_that_is_wrong_is_named_at_once() {
    let settings = [
        ("PORT", "65536"),
        ("FRONTEND_URL", "charity.test"),
        ("BACKEND_URL", "ftp://x"),
        ("RETURN_URL_SUCCESS", "https://charity.test/thanks"),
        ("RETURN_URL_FAILURE", "not an address {donation_id}"),
        ("DATABASE_URL", "mysql://x"),
        ("DATABASE_POOL_SIZE", "0"),
        ("IOKA_ENABLED", "perhaps"),
        ("IOKA_BASE_URL", "x"),
        ("IOKA_WEBHOOK_DIALECTS", "morse"),
        ("GATEWAY_TIMEOUT_MS", "99"),
        ("PAYMENT_TTL_MINUTES", "-1"),
        ("RECONCILE_FIRST_AFTER_SECONDS", "0"),
        ("RECONCILE_EVERY_SECONDS", "86401"),
        ("DONATION_MIN", "5000.0"),
        ("DONATION_MAX", "5e6"),
        ("ACCESS_TOKEN_MINUTES", "0"),
        ("SESSION_DAYS", "366"),
        ("CORS_ORIGINS", "https://charity.test/path"),
        ("TRUSTED_PROXIES", "10.0.0.0/33"),
        ("LOG_FORMAT", "xml"),
        ("LOG_LEVEL", "info,=,"),
    ];
    let (error, named) = (wrong(&settings), keys(&settings));
    for (key, value) in settings {
        assert!(named.iter().any(|named| named == key), "{key} is not named: {error}");
        assert!(error.to_string().contains(key), "{error}");
        assert!(value.len() < 4 || !error.to_string().contains(value), "{value} is repeated: {error}");
    }
    assert_eq!(named.len(), settings.len(), "{named:?}");
}

#[test]
fn an_environment_that_is_neither_is_held_to_productions_rules() {
    let named = keys(&[("APP_ENV", "staging")]);
    assert_eq!(named[0], "APP_ENV");
    assert!(named.contains(&"JWT_SECRET".to_owned()) && named.contains(&"IOKA_ENABLED".to_owned()), "{named:?}");
}

#[test]
fn with_ioka_its_keys_are_needed() {
    assert_eq!(keys(&[("IOKA_ENABLED", "true")]), ["IOKA_API_KEY", "IOKA_WEBHOOK_SECRET"]);
    let settings = [("IOKA_ENABLED", "True"), ("IOKA_API_KEY", "k"), ("IOKA_WEBHOOK_SECRET", "s")];
    assert!(load(&Sources::of(&settings)).unwrap().takes_real_payments());
}

#[test]
fn the_limits_may_not_be_crossed() {
    assert_eq!(keys(&[("DONATION_MIN", "1000"), ("DONATION_MAX", "999")]), ["DONATION_MAX"]);
    let equal = load(&Sources::of(&[("DONATION_MIN", "1000"), ("DONATION_MAX", "1000")])).unwrap();
    assert_eq!(equal.limits.min, equal.limits.max);
}

#[test]
fn the_guides_way_of_writing_a_switch_is_understood() {
    for off in ["False", "false", "FALSE", "0", "no", "off"] {
        assert!(!load(&Sources::of(&[("IOKA_ENABLED", off)])).unwrap().takes_real_payments(), "{off}");
    }
}

#[test]
fn the_server_never_stops_looking_for_open_orders() {
    assert_eq!(keys(&[("RECONCILE_EVERY_SECONDS", "0")]), ["RECONCILE_EVERY_SECONDS"]);
    let often =
        load(&Sources::of(&[("RECONCILE_EVERY_SECONDS", "1"), ("RECONCILE_FIRST_AFTER_SECONDS", "1")])).unwrap();
    assert_eq!((often.reconcile_every.as_secs(), often.reconcile_first_after.num_seconds()), (1, 1));
}

#[test]
fn certificates_are_signed_with_a_real_key_or_the_databases_own_and_checked_where_the_settings_say() {
    let plain =
        load(&Sources::of(&[("BACKEND_URL", "https://api.charity.test"), ("FRONTEND_URL", "https://charity.test")]));
    let plain = plain.unwrap();
    assert_eq!(plain.pages.certificate, "https://api.charity.test/certificates/{number}");
    assert!(plain.certificate_seed.is_none());
    let secret = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFE";
    let settings = [("CERTIFICATE_SIGNING_KEY", secret), ("CERTIFICATE_URL", "https://charity.test/check?n={number}")];
    let config = load(&Sources::of(&settings)).unwrap();
    assert!(config.certificate_seed.is_some());
    assert!(!format!("{config:?}").contains(secret));
    assert_eq!(config.pages.certificate, "https://charity.test/check?n={number}");
    for wrong in ["secret", &"A".repeat(43), &"0".repeat(64), &format!("{secret}=")] {
        assert_eq!(keys(&[("CERTIFICATE_SIGNING_KEY", wrong)]), ["CERTIFICATE_SIGNING_KEY"], "{wrong}");
    }
    for wrong in ["https://charity.test/check", "charity.test/{number}", "ftp://charity.test/{number}"] {
        assert_eq!(keys(&[("CERTIFICATE_URL", wrong)]), ["CERTIFICATE_URL"], "{wrong}");
    }
}
