//! Every metric, on one page. `docs/monitoring/README.md` says the same to whoever reads them.

/// What kind of number it is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Kind {
    /// Counts up from the start of the process.
    Counter,
    /// Goes up and down.
    Gauge,
    /// Durations, sorted into these buckets, in seconds.
    Histogram(&'static [f64]),
}

/// One metric.
#[derive(Debug, Clone, Copy)]
pub struct Metric {
    /// Its name.
    pub name: &'static str,
    /// What kind of number it is.
    pub kind: Kind,
    /// What it tells.
    pub help: &'static str,
}

pub(super) const BUILD_INFO: &str = "donations_build_info";
pub(super) const START_TIME: &str = "process_start_time_seconds";
pub(super) const DATABASE_UP: &str = "donations_database_up";
pub(super) const BY_STATE: &str = "donations_by_state";
pub(super) const STEPS: &str = "donations_payment_steps_total";
pub(super) const CREATION_TO_ORDER: &str = "donations_creation_to_order_seconds";
pub(super) const ORDER_TO_COMPLETED: &str = "donations_order_to_completed_seconds";
pub(super) const GATEWAY_CALLS: &str = "donations_gateway_calls_total";
pub(super) const GATEWAY_DURATION: &str = "donations_gateway_call_duration_seconds";
pub(super) const DELIVERIES: &str = "donations_webhook_deliveries_total";
pub(super) const JOBS_QUEUED: &str = "donations_jobs_queued";
pub(super) const JOBS_DUE: &str = "donations_jobs_due";
pub(super) const JOBS_OLDEST: &str = "donations_jobs_oldest_due_age_seconds";
pub(super) const JOBS_PARKED: &str = "donations_jobs_parked";
pub(super) const REVIEWS_OPEN: &str = "donations_reviews_open";
pub(super) const RECONCILIATION_DIFFERENCES: &str = "donations_reconciliation_differences";
pub(super) const RECONCILIATION_DAY: &str = "donations_reconciliation_last_day_timestamp_seconds";
pub(super) const CONNECTIONS: &str = "donations_database_connections";
pub(super) const CONNECTIONS_MAX: &str = "donations_database_connections_max";
pub(super) const CONNECTION_WAITERS: &str = "donations_database_connection_waiters";
pub(super) const HTTP_REQUESTS: &str = "donations_http_requests_total";
pub(super) const HTTP_DURATION: &str = "donations_http_request_duration_seconds";
pub(super) const MAILS: &str = "donations_mails_total";
pub(super) const MAIL_DURATION: &str = "donations_mail_duration_seconds";

/// What a program waits for.
const CALLS: &[f64] = &[0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0];

/// What a person does: fill in a form, find a card, come back to it tomorrow.
const PEOPLE: &[f64] = &[0.5, 1.0, 2.5, 5.0, 15.0, 30.0, 60.0, 120.0, 300.0, 900.0, 1800.0, 3600.0, 86_400.0];

const fn metric(name: &'static str, kind: Kind, help: &'static str) -> Metric {
    Metric { name, kind, help }
}

/// All of them.
pub const METRICS: &[Metric] = &[
    metric(BUILD_INFO, Kind::Gauge, "Always 1; the label says which version runs"),
    metric(START_TIME, Kind::Gauge, "When the process started, in seconds since 1970"),
    metric(DATABASE_UP, Kind::Gauge, "Whether the database answered when it was last asked: 1 or 0"),
    metric(BY_STATE, Kind::Gauge, "Donations that are kept, by state and by whether their money is real"),
    metric(STEPS, Kind::Counter, "Steps of donations that this process has stored, by who brought them about"),
    metric(CREATION_TO_ORDER, Kind::Histogram(PEOPLE), "From a donation's creation to its order at the gateway"),
    metric(ORDER_TO_COMPLETED, Kind::Histogram(PEOPLE), "From a donor's asking to pay to the money's being taken"),
    metric(GATEWAY_CALLS, Kind::Counter, "Calls to the gateway, by operation and outcome"),
    metric(GATEWAY_DURATION, Kind::Histogram(CALLS), "How long calls to the gateway took, by operation"),
    metric(DELIVERIES, Kind::Counter, "Webhooks that came, by dialect and outcome"),
    metric(JOBS_QUEUED, Kind::Gauge, "Background jobs that have not ended"),
    metric(JOBS_DUE, Kind::Gauge, "Background jobs whose time has come and that nobody is at"),
    metric(JOBS_OLDEST, Kind::Gauge, "For how long the oldest of the due jobs has been due; 0 if none is"),
    metric(JOBS_PARKED, Kind::Gauge, "Background jobs that are not tried again by themselves: dead letters"),
    metric(REVIEWS_OPEN, Kind::Gauge, "Donations' reviews that wait for a person, by reason"),
    metric(
        RECONCILIATION_DIFFERENCES,
        Kind::Gauge,
        "Differences from the gateway's books of the last day compared that are not settled",
    ),
    metric(
        RECONCILIATION_DAY,
        Kind::Gauge,
        "When the last day compared closed, in seconds since 1970; 0 if none was compared",
    ),
    metric(CONNECTIONS, Kind::Gauge, "Connections to the database, by pool and by whether they work"),
    metric(CONNECTIONS_MAX, Kind::Gauge, "How many connections to the database there may be, by pool"),
    metric(CONNECTION_WAITERS, Kind::Gauge, "Callers that wait for a connection to the database, by pool"),
    metric(HTTP_REQUESTS, Kind::Counter, "Requests answered, by route, method and class of status"),
    metric(HTTP_DURATION, Kind::Histogram(CALLS), "How long answering took, by route and method"),
    metric(MAILS, Kind::Counter, "Mails handed over, by outcome"),
    metric(MAIL_DURATION, Kind::Histogram(CALLS), "How long handing a mail over took"),
];
