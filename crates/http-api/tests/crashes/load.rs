//! Donors and operators, several at once, until they are asked to stop.

use std::sync::Arc;

use tokio::sync::watch;
use tokio::task::JoinSet;

use crate::donor::Donor;
use crate::operator::Operator;
use crate::site::Site;

/// As many as keep the machine busy, and no more.
const DONORS: u64 = 6;
const OPERATORS: u64 = 2;

pub struct Load {
    people: JoinSet<()>,
    go_on: watch::Sender<bool>,
}

impl Load {
    pub fn begin(site: &Arc<Site>) -> Self {
        let (go_on, _) = watch::channel(true);
        let mut people = JoinSet::new();
        for number in 1..=DONORS {
            let mut donor = Donor::new(site.clone(), site.dice(number));
            let going_on = go_on.subscribe();
            people.spawn(async move {
                while *going_on.borrow() {
                    donor.visit().await;
                }
            });
        }
        Self { people, go_on }
    }

    /// From now on there are operators too.
    pub fn add_operators(&mut self, site: &Arc<Site>, token: &str) {
        for number in 1..=OPERATORS {
            let mut operator = Operator::new(site.clone(), site.dice(DONORS + number), token.to_owned());
            let going_on = self.go_on.subscribe();
            self.people.spawn(async move {
                while *going_on.borrow() {
                    operator.decide().await;
                }
            });
        }
    }

    /// Each ends what is under way, as people do; one that panicked fails the test.
    pub async fn stop(self) {
        self.go_on.send_replace(false);
        self.people.join_all().await;
    }
}
