//! Spans of requests, use cases and calls of the gateway, for whoever collects them (OpenTelemetry). Only if an address is set.
//!
//! Spans meant for it have the target [`SPANS`], and nothing else is exported: no other span, and no log line. What they carry is
//! written out where each is opened: a route and never a path, an id of ours, a word for what came of it. No secret, address, card or
//! body can get in, for nothing is taken over from anywhere.
//!
//! A request never waits for a collector: a span is put into a queue, which drops what it cannot hold, and a thread of its own
//! empties it.

use std::time::Duration;

use actix_web::dev::ServiceRequest;
use actix_web::http::header::HeaderMap;
use opentelemetry::Context;
use opentelemetry::propagation::{Extractor, TextMapPropagator as _};
use opentelemetry::trace::{TraceContextExt as _, TracerProvider as _};
use opentelemetry_otlp::{ExporterBuildError, Protocol, SpanExporter, WithExportConfig as _};
use opentelemetry_sdk::Resource;
use opentelemetry_sdk::propagation::TraceContextPropagator;
use opentelemetry_sdk::trace::{BatchConfigBuilder, BatchSpanProcessor, Sampler, SdkTracerProvider, Tracer};
use tracing::{Span, Subscriber, field};
use tracing_opentelemetry::OpenTelemetrySpanExt as _;
use tracing_subscriber::Layer;
use tracing_subscriber::filter::{FilterExt as _, LevelFilter, filter_fn};
use tracing_subscriber::registry::LookupSpan;
use url::Url;

/// The target of every span that is exported.
pub const SPANS: &str = "telemetry";

/// How many spans wait for the collector at most; more are dropped.
const QUEUE: usize = 2_048;

/// How often what waits is sent.
const EVERY: Duration = Duration::from_secs(1);

/// How long the collector may take.
const TIMEOUT: Duration = Duration::from_secs(5);

/// Sends spans.
#[derive(Debug)]
pub struct Telemetry {
    provider: SdkTracerProvider,
}

impl Telemetry {
    /// Sends them to the collector at this address, over OTLP as JSON. Whether anybody is there shows only later.
    ///
    /// # Errors
    /// If no HTTP client can be built.
    pub fn to(endpoint: &Url) -> Result<Self, ExporterBuildError> {
        let address = format!("{}/v1/traces", endpoint.as_str().trim_end_matches('/'));
        let exporter = SpanExporter::builder()
            .with_http()
            .with_protocol(Protocol::HttpJson)
            .with_endpoint(address)
            .with_timeout(TIMEOUT)
            .build()?;
        let batches = BatchConfigBuilder::default().with_max_queue_size(QUEUE).with_scheduled_delay(EVERY).build();
        let processor = BatchSpanProcessor::builder(exporter).with_batch_config(batches).build();
        let provider = SdkTracerProvider::builder()
            .with_span_processor(processor)
            .with_sampler(Sampler::AlwaysOn)
            // Empty but for the name: nothing of the machine's environment is sent.
            .with_resource(Resource::builder_empty().with_service_name("donations").build())
            .build();
        Ok(Self { provider })
    }

    /// What takes the spans up.
    pub fn layer<S>(&self) -> impl Layer<S> + use<S>
    where
        S: Subscriber + for<'a> LookupSpan<'a>,
    {
        let tracer: Tracer = self.provider.tracer("donations");
        let spans = filter_fn(|seen| seen.is_span() && seen.target() == SPANS);
        tracing_opentelemetry::layer()
            .with_tracer(tracer)
            .with_location(false)
            .with_threads(false)
            .with_tracked_inactivity(false)
            .with_target(false)
            .with_level(false)
            .with_filter(spans.and(LevelFilter::INFO))
    }

    /// Sends what still waits, for a moment at most.
    pub fn stop(&self) {
        if let Err(error) = self.provider.shutdown_with_timeout(TIMEOUT) {
            tracing::warn!(%error, "telemetry.not_all_sent");
        }
    }
}

struct Headers<'a>(&'a HeaderMap);

impl Extractor for Headers<'_> {
    fn get(&self, key: &str) -> Option<&str> {
        self.0.get(key).and_then(|value| value.to_str().ok())
    }

    fn keys(&self) -> Vec<&str> {
        self.0.keys().map(|name| name.as_str()).collect()
    }
}

/// The span of a request, which goes on with the caller's trace if it names one, and the trace's id for the log.
pub(crate) fn span_of(request: &ServiceRequest) -> (Span, Option<String>) {
    let route = request.match_pattern().unwrap_or_else(|| "none".to_owned());
    let method = request.method().as_str();
    let span = tracing::info_span!(
        target: SPANS,
        "request",
        otel.name = format!("{method} {route}"),
        otel.kind = "server",
        http.request.method = method,
        http.route = route,
        http.response.status_code = field::Empty,
    );
    let callers = TraceContextPropagator::new().extract_with_context(&Context::new(), &Headers(request.headers()));
    let named = trace_id(&callers);
    if named.is_some() {
        // It fails where no spans are sent; then the caller's trace stands in the log alone.
        let _not_sent = span.set_parent(callers);
    }
    let id = trace_id(&span.context()).or(named);
    (span, id)
}

fn trace_id(context: &Context) -> Option<String> {
    let span = context.span();
    let context = span.span_context();
    context.is_valid().then(|| context.trace_id().to_string())
}
