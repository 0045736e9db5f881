//! Donors, several at once, until they are asked to stop.

use std::sync::Arc;

use tokio::sync::watch;
use tokio::task::JoinSet;

use crate::donor::Donor;
use crate::site::Site;

/// As many as keep the machine busy, and no more.
const DONORS: u64 = 6;

pub struct Load {
    donors: JoinSet<()>,
    go_on: watch::Sender<bool>,
}

impl Load {
    pub fn begin(site: &Arc<Site>) -> Self {
        let (go_on, _) = watch::channel(true);
        let mut donors = JoinSet::new();
        for number in 1..=DONORS {
            let mut donor = Donor::new(site.clone(), site.dice(number));
            let going_on = go_on.subscribe();
            donors.spawn(async move {
                while *going_on.borrow() {
                    donor.visit().await;
                }
            });
        }
        Self { donors, go_on }
    }

    /// Each donor ends the visit under way, as people do; a donor that panicked fails the test.
    pub async fn stop(self) {
        self.go_on.send_replace(false);
        self.donors.join_all().await;
    }
}
