//! `donations check`: would this configuration work? The guide's `test_ioka.py`, and more.

use domain::ports::{
    AlertStore as _, Clock as _, CreateOrder, GatewayError, GatewayMode, IdGenerator as _, NewOrder, PaymentGateway,
    StoreHealth as _,
};
use domain::{DonationId, DonorEmail, ExternalId};

use crate::app::{gateway, mailer, open_store};
use crate::config::ServerConfig;
use crate::security::{SystemClock, SystemIds};

/// Whether the check may make something at the gateway.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Orders {
    /// It changes nothing anywhere.
    MakeNone,
    /// It makes one order of the smallest amount.
    MakeOne,
}

/// Prints a line for each part, `✓` or `✗` and what to do.
///
/// # Errors
/// If any line is `✗`.
pub async fn check(config: &ServerConfig, orders: Orders) -> Result<(), String> {
    let mut report = Report { failed: 0 };
    report.line(Ok("settings: all can be used".to_owned()));
    for warning in &config.warnings {
        report.line(Ok(format!("settings: note that {warning}")));
    }
    report.line(database(config).await);
    report.line(mail(config).await);
    report.line(alerts(config).await);
    match gateway(config) {
        Err(error) => report.line(Err(error.to_string())),
        Ok(gateway) => {
            report.line(ioka(gateway.as_ref()).await);
            if orders == Orders::MakeOne {
                report.line(order(config, gateway.as_ref()).await);
            }
        }
    }
    match report.failed {
        0 => Ok(()),
        failed => Err(format!("{failed} of the checks above failed")),
    }
}

struct Report {
    failed: u32,
}

impl Report {
    #[expect(clippy::print_stdout, reason = "what a person at the command line reads")]
    fn line(&mut self, result: Result<String, String>) {
        match result {
            Ok(text) => println!("✓ {text}"),
            Err(text) => {
                println!("✗ {text}");
                self.failed += 1;
            }
        }
    }
}

async fn database(config: &ServerConfig) -> Result<String, String> {
    let file = config.database_address().strip_prefix("sqlite://").map(std::path::Path::new);
    if file.is_some_and(|file| !file.exists()) {
        return Ok("database: its file is not there yet and will be made at the start".to_owned());
    }
    let what_to_do = "check DATABASE_URL, and that the server runs and lets this machine in";
    let store = open_store(config).await.map_err(|error| format!("database: {error}; {what_to_do}"))?;
    let pending = store.pending_migrations().await.map_err(|error| format!("database: {error}; {what_to_do}"))?;
    if pending.is_empty() || config.database_address().starts_with("sqlite://") {
        return Ok("database: it answers, and its schema is current or will be made at the start".to_owned());
    }
    Err(format!("database: {} migrations have to be run: `donations migrate`", pending.len()))
}

async fn mail(config: &ServerConfig) -> Result<String, String> {
    let what_to_do = match config.mail.smtp_url {
        Some(_) => "check SMTP_URL, and this machine's way to the mail server",
        None => "check that MAIL_FOLDER can be written to",
    };
    let mailer = mailer(config).map_err(|error| format!("mail: {error}; check SMTP_URL and MAIL_FROM"))?;
    mailer.check().await.map_err(|error| format!("mail: {error}; {what_to_do}"))?;
    Ok(match config.mail.smtp_url {
        Some(_) => "mail: the server answers and lets us in; nothing was sent".to_owned(),
        None => format!("mail: written to {}, for SMTP_URL is not set", config.mail.folder.display()),
    })
}

/// Who is told when somebody has to look. That it is nobody is no failure of what was asked, only something to know.
async fn alerts(config: &ServerConfig) -> Result<String, String> {
    let named = &config.alerts.to;
    if !named.is_empty() {
        let named: Vec<_> = named.iter().map(DonorEmail::as_str).collect();
        return Ok(format!("alerts: {} will be told by mail", named.join(", ")));
    }
    let nobody =
        "alerts: nobody will be told by mail; set ALERT_EMAILS, or make an administrator: `donations admin create`";
    let file = config.database_address().strip_prefix("sqlite://").map(std::path::Path::new);
    if file.is_some_and(|file| !file.exists()) {
        return Ok(nobody.to_owned());
    }
    let unknown =
        "alerts: every administrator will be told by mail; who that is will be seen when the database answers";
    let Ok(store) = open_store(config).await else { return Ok(unknown.to_owned()) };
    let Ok(administrators) = store.administrators().await else { return Ok(unknown.to_owned()) };
    if administrators.is_empty() {
        return Ok(nobody.to_owned());
    }
    let addresses: Vec<_> = administrators.iter().map(|account| account.email.as_str()).collect();
    Ok(format!("alerts: {} will be told by mail, for ALERT_EMAILS is not set", addresses.join(", ")))
}

async fn ioka(gateway: &dyn PaymentGateway) -> Result<String, String> {
    if gateway.mode() == GatewayMode::Test {
        return Ok("Ioka: not used (IOKA_ENABLED=false); the fake gateway completes every payment".to_owned());
    }
    match gateway.check().await {
        Ok(()) => Ok("Ioka: it answers and knows the key".to_owned()),
        Err(GatewayError::Refused(why)) => {
            Err(format!("Ioka: it refused ({why}); check IOKA_API_KEY, and that it belongs to IOKA_BASE_URL"))
        }
        Err(error) => Err(format!("Ioka: {error}; check IOKA_BASE_URL and this machine's way to the internet")),
    }
}

async fn order(config: &ServerConfig, gateway: &dyn PaymentGateway) -> Result<String, String> {
    let donation = DonationId(SystemIds.next());
    let order = NewOrder {
        external_id: ExternalId::new(format!("check-{donation}")),
        amount: config.limits.min,
        description: "Configuration check".to_owned(),
        due_at: SystemClock.now() + config.payment_ttl,
        return_urls: config.return_to.of(donation),
    };
    match gateway.create_order(&order).await {
        Ok(CreateOrder::Created(order)) => {
            Ok(format!("order: {} was made; its page: {}", order.id, order.checkout_url))
        }
        Ok(CreateOrder::AlreadyExists) => Err("order: the gateway says that a new name is taken".to_owned()),
        Err(error) => Err(format!("order: {error}")),
    }
}
