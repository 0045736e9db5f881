//! What a simulator is started with.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::time::Duration;

/// Which webhooks are sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, clap::ValueEnum)]
pub enum WebhookDialect {
    /// Ioka's own: `X-Signature` over the sorted JSON, body `{"event","order","payment",…}`.
    #[default]
    Ioka,
    /// The simplified dialect of a public integration guide: `X-Ioka-Signature` over the raw body,
    /// body `{"event":"payment.succeeded","object":{…}}` with the amount in tenge.
    Guide,
}

/// Which canonical form Ioka's webhooks are signed over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, clap::ValueEnum)]
pub enum SignatureForm {
    /// Sorted JSON without spaces, as Ioka's documentation says.
    #[default]
    Compact,
    /// Sorted JSON with one space after `,` and `:`, as real deliveries of 2021 were signed.
    Spaced,
}

/// What a list says about an `external_id` that no order has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, clap::ValueEnum)]
pub enum ListMiss {
    /// 404 `OrderNotFound`, as Ioka's sample backend expects.
    #[default]
    #[value(name = "404")]
    NotFound,
    /// 200 and an empty array, as the OpenAPI document reads.
    #[value(name = "empty")]
    Empty,
}

/// How the event of a released hold is spelt; Ioka's specification and its documentation disagree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, clap::ValueEnum)]
pub enum CancelSpelling {
    /// `PAYMENT_CANCELLED`, as in the specification.
    #[default]
    TwoL,
    /// `PAYMENT_CANCELED`, as in the documentation's prose.
    OneL,
}

/// A receiver of all webhooks, known from the start.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WebhookTarget {
    /// Absolute `http` or `https` address.
    pub url: String,
    /// The signing secret; one is made up from the seed when there is none.
    pub key: Option<String>,
}

/// Settings of a simulator. `Options::default()` listens on `127.0.0.1` on any free port.
#[derive(Clone, Debug)]
pub struct Options {
    /// Address to listen on; port 0 takes a free one.
    pub listen: SocketAddr,
    /// The address under which browsers and clients reach it, without a trailing slash; by default the one listened on.
    pub public_url: Option<String>,
    /// The shop's `API-KEY`; made up from the seed when there is none.
    pub api_key: Option<String>,
    /// The pair accepted by `POST /v2/auth/token`.
    pub client_id: String,
    /// See `client_id`; by default it is the API key.
    pub client_secret: Option<String>,
    /// How long a key from `POST /v2/auth/token` lives.
    pub key_lifetime: Duration,
    /// A receiver of all webhooks besides those registered over the API.
    pub webhook: Option<WebhookTarget>,
    /// Which webhooks are sent.
    pub dialect: WebhookDialect,
    /// What Ioka's webhooks are signed over.
    pub signature: SignatureForm,
    /// The name of the event of a released hold.
    pub cancel_spelling: CancelSpelling,
    /// Pause between two tries of a delivery, by the real clock.
    pub webhook_retry_pause: Duration,
    /// How long a receiver may take to answer, by the real clock.
    pub webhook_timeout: Duration,
    /// What a list says about an unknown `external_id`.
    pub list_miss: ListMiss,
    /// Seed of every id and token; by default a random one.
    pub seed: Option<u64>,
    /// A start time in UTC (`2026-01-15T09:30:00`) at which the clock stands still until it is moved;
    /// by default it follows the machine's.
    pub start_time: Option<String>,
    /// A scenario file, JSON or TOML.
    pub scenario: Option<PathBuf>,
    /// A file that keeps the state between runs; by default it is kept in memory only.
    pub data: Option<PathBuf>,
    /// HTTP worker threads; 0 takes one per processor.
    pub workers: usize,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
            public_url: None,
            api_key: None,
            client_id: "simulator".to_owned(),
            client_secret: None,
            key_lifetime: Duration::from_secs(24 * 60 * 60),
            webhook: None,
            dialect: WebhookDialect::default(),
            signature: SignatureForm::default(),
            cancel_spelling: CancelSpelling::default(),
            webhook_retry_pause: Duration::from_secs(5),
            webhook_timeout: Duration::from_secs(10),
            list_miss: ListMiss::default(),
            seed: None,
            start_time: None,
            scenario: None,
            data: None,
            workers: 0,
        }
    }
}
