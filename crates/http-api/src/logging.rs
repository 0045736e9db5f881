//! Log lines, for people or for machines.

use std::io::IsTerminal as _;

use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::util::SubscriberInitExt as _;
use tracing_subscriber::{EnvFilter, Layer, Registry, fmt};

use crate::config::LogFormat;
use crate::telemetry::{SPANS, Telemetry};

/// Sends log lines to standard error, and spans to whoever collects them. `filter` is in `tracing`'s filter language; a second call
/// changes nothing.
pub fn init(format: LogFormat, filter: &str, telemetry: Option<&Telemetry>) {
    let filter = EnvFilter::try_new(filter).unwrap_or_else(|_| EnvFilter::new("info"));
    // What is opened for a collector alone does not stand in any line.
    let filter = filter.add_directive(format!("{SPANS}=off").parse().expect("a target and a level are a directive"));
    let lines = fmt::layer().with_ansi(std::io::stderr().is_terminal()).with_writer(std::io::stderr);
    let lines: Box<dyn Layer<Registry> + Send + Sync> = match format {
        LogFormat::Pretty => lines.with_filter(filter).boxed(),
        LogFormat::Json => lines.json().flatten_event(true).with_span_list(false).with_filter(filter).boxed(),
    };
    let spans = telemetry.map(Telemetry::layer);
    let _already_set = tracing_subscriber::registry().with(lines).with(spans).try_init();
}
