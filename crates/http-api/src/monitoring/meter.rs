//! Counting.

use std::time::Duration;

use domain::Instant;
use metrics::{counter, gauge, histogram, with_local_recorder};
use metrics_exporter_prometheus::{BuildError, Matcher, PrometheusBuilder, PrometheusRecorder};

use super::names::{self, Kind, METRICS};

/// Keeps the numbers of one server; of a server without `METRICS_ADDR`, nothing.
///
/// The recorder is the server's own and not the process's: two servers in one process, as tests have them, do not see each
/// other's numbers.
pub struct Meter(Option<PrometheusRecorder>);

impl Meter {
    /// Keeps nothing, and costs nothing.
    pub const fn off() -> Self {
        Self(None)
    }

    /// Keeps everything from `started_at` on.
    ///
    /// # Errors
    /// If a metric has no buckets.
    pub fn on(started_at: Instant) -> Result<Self, BuildError> {
        let mut builder = PrometheusBuilder::new();
        for metric in METRICS {
            if let Kind::Histogram(buckets) = metric.kind {
                builder = builder.set_buckets_for_metric(Matcher::Full(metric.name.to_owned()), buckets)?;
            }
        }
        let meter = Self(Some(builder.build_recorder()));
        meter.describe();
        meter.with(|| {
            gauge!(names::BUILD_INFO, "version" => env!("CARGO_PKG_VERSION")).set(1.0);
            gauge!(names::START_TIME).set(started_at.timestamp() as f64);
        });
        super::begin(&meter);
        Ok(meter)
    }

    /// Whether anything is kept.
    pub const fn is_on(&self) -> bool {
        self.0.is_some()
    }

    /// All that is kept, as Prometheus reads it.
    pub fn written_out(&self) -> String {
        self.0.as_ref().map(|recorder| recorder.handle().render()).unwrap_or_default()
    }

    /// Sorts new durations into their buckets; without it they would pile up where nobody reads.
    pub fn tidy(&self) {
        if let Some(recorder) = &self.0 {
            recorder.handle().run_upkeep();
        }
    }

    /// Adds one.
    pub(super) fn count<const N: usize>(&self, name: &'static str, labels: [(&'static str, &'static str); N]) {
        self.with(|| counter!(name, &labels).increment(1));
    }

    /// Says that the counter is there, at 0: an alert can only tell a rise from a number that was known before.
    pub(super) fn begin<const N: usize>(&self, name: &'static str, labels: [(&'static str, &'static str); N]) {
        self.with(|| counter!(name, &labels).increment(0));
    }

    /// Sets a number.
    pub(super) fn set<const N: usize>(&self, name: &'static str, labels: [(&'static str, &'static str); N], to: u64) {
        self.with(|| gauge!(name, &labels).set(to as f64));
    }

    /// Notes how long something took.
    pub(super) fn took<const N: usize>(
        &self,
        name: &'static str,
        labels: [(&'static str, &'static str); N],
        duration: Duration,
    ) {
        self.with(|| histogram!(name, &labels).record(duration));
    }

    /// One request was answered.
    pub(super) fn answered(&self, request: &super::requests::Answered, duration: Duration) {
        let (route, method, status) = (request.route.clone(), request.method, request.status);
        self.with(|| {
            counter!(names::HTTP_REQUESTS, "route" => route.clone(), "method" => method, "status" => status)
                .increment(1);
            histogram!(names::HTTP_DURATION, "route" => route, "method" => method).record(duration);
        });
    }

    fn with(&self, work: impl FnOnce()) {
        if let Some(recorder) = &self.0 {
            with_local_recorder(recorder, work);
        }
    }

    fn describe(&self) {
        self.with(|| {
            for metric in METRICS {
                match metric.kind {
                    Kind::Counter => metrics::describe_counter!(metric.name, metric.help),
                    Kind::Gauge => metrics::describe_gauge!(metric.name, metric.help),
                    Kind::Histogram(_) => metrics::describe_histogram!(metric.name, metric.help),
                }
            }
        });
    }
}
