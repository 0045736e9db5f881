//! What whoever watches over the server can see: numbers for Prometheus, and what health says of each part.
//!
//! The use cases know nothing of it. Everything that is counted passes through a port, so the ports that the composition
//! root hands to the house are wrapped here, at the edge: the one place that knows what is measured, and that a number can
//! be added to without a line about money changing. A wrapper passes on what it gets, decides nothing, and never fails.

mod deliveries;
mod donations;
mod endpoint;
mod figures;
mod gateway;
mod health;
mod last_seen;
mod mailer;
mod meter;
mod names;
mod requests;
mod steps;

use std::sync::Arc;

use domain::ports::{Clock, DeliveryStore, DonationStore, Mailer, PaymentGateway, StoreFigures, WebhookReader};

use deliveries::{MeteredDeliveries, MeteredWebhooks};
use donations::MeteredDonations;
use gateway::MeteredGateway;
use last_seen::LastSeen;
use mailer::MeteredMailer;
use steps::Steps;

pub use endpoint::MetricsEndpoint;
pub use figures::Figures;
pub use health::{ComponentViews, components};
pub use meter::Meter;
pub use names::{Kind, METRICS, Metric};
pub use requests::measured;

/// What the server knows of itself. Cheap to clone: the clones share it.
#[derive(Clone)]
pub struct Monitoring {
    meter: Arc<Meter>,
    gateway: Arc<LastSeen>,
    mail: Arc<LastSeen>,
    figures: Arc<Figures>,
    clock: Arc<dyn Clock>,
}

/// Every counter whose labels are known beforehand, at 0: an alert can only tell a rise from a number that was there before.
fn begin(meter: &Meter) {
    gateway::begin(meter);
    deliveries::begin(meter);
    mailer::begin(meter);
    steps::begin(meter);
}

impl Monitoring {
    /// Of a server that has seen nothing yet.
    pub fn new(meter: Meter, store: Arc<dyn StoreFigures>, clock: Arc<dyn Clock>) -> Self {
        Self {
            meter: Arc::new(meter),
            gateway: Arc::default(),
            mail: Arc::default(),
            figures: Arc::new(Figures::new(store, clock.clone())),
            clock,
        }
    }

    /// The gateway, watched.
    pub fn gateway(&self, inner: Arc<dyn PaymentGateway>) -> Arc<dyn PaymentGateway> {
        let (meter, seen, clock) = (self.meter.clone(), self.gateway.clone(), self.clock.clone());
        Arc::new(MeteredGateway { inner, meter, seen, clock })
    }

    /// The mailer, watched.
    pub fn mailer(&self, inner: Arc<dyn Mailer>) -> Arc<dyn Mailer> {
        let (meter, seen, clock) = (self.meter.clone(), self.mail.clone(), self.clock.clone());
        Arc::new(MeteredMailer { inner, meter, seen, clock })
    }

    /// The webhooks' reader, watched.
    pub fn webhooks(&self, inner: Arc<dyn WebhookReader>) -> Arc<dyn WebhookReader> {
        Arc::new(MeteredWebhooks { inner, meter: self.meter.clone() })
    }

    /// Where donations are kept, watched.
    pub fn donations(&self, inner: Arc<dyn DonationStore>) -> Arc<dyn DonationStore> {
        Arc::new(MeteredDonations { inner, steps: Steps(self.meter.clone()) })
    }

    /// Where webhooks are kept, watched.
    pub fn deliveries(&self, inner: Arc<dyn DeliveryStore>) -> Arc<dyn DeliveryStore> {
        Arc::new(MeteredDeliveries { inner, meter: self.meter.clone(), steps: Steps(self.meter.clone()) })
    }

    /// Counts.
    pub fn meter(&self) -> &Meter {
        &self.meter
    }

    /// All that is known, as Prometheus reads it.
    pub async fn written_out(&self) -> String {
        self.figures.measure(&self.meter).await;
        self.meter.written_out()
    }
}
