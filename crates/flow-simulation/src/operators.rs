//! What operators and the servers' own workers do.

use std::sync::Arc;

use application::{House, RefundDonation, RefundDonationError};
use domain::donation::{Actor, Cause};
use domain::reconciliation::Day;
use domain::{DonationId, RefundReason, RefundStatus, Tenge};

use crate::coverage::Seen;
use crate::plan::Weather;
use crate::play::{Play, Work};

const BY_THE_HOUSE: Cause = Cause { actor: Actor::System, request_id: None };

impl Play {
    /// A server asks about open orders.
    pub fn reconciling(&self, house: Arc<House>) -> Work {
        let (world, product) = (self.world.clone(), self.product.clone());
        Box::pin(async move {
            let round = product.reconcile(&house).await;
            let mut state = world.state();
            if round.as_ref().is_ok_and(|round| round.settled > 0) {
                state.saw(Seen::ReconcilerSettled);
            }
            state.note(|| format!("reconciler: {round:?}"));
        })
    }

    /// A server sees to refunds that wait.
    pub fn settling(&self, house: Arc<House>) -> Work {
        let (world, product) = (self.world.clone(), self.product.clone());
        Box::pin(async move {
            let round = product.settle_refunds(&house).await;
            world.state().note(|| format!("refunds: {round:?}"));
        })
    }

    /// A server sends mail and does whatever else is queued; sometimes it is told to stop in the middle.
    pub fn working(&self, house: Arc<House>) -> Work {
        let (world, product) = (self.world.clone(), self.product.clone());
        Box::pin(async move {
            let stopping = || {
                let mut state = world.state();
                state.task.weather != Weather::Calm && state.task.dice.chance(50)
            };
            let round = product.work_off_jobs(&house, &stopping).await;
            let mut state = world.state();
            if round.as_ref().is_ok_and(|round| round.again > 0) {
                state.saw(Seen::JobTried);
            }
            state.note(|| format!("jobs: {round:?}"));
        })
    }

    /// An operator has everything of a donation compared with the gateway.
    pub fn comparison(&self, house: Arc<House>, id: DonationId) -> Work {
        let (world, product) = (self.world.clone(), self.product.clone());
        Box::pin(async move {
            let compared = product.sync_donation(&house, id, &BY_THE_HOUSE).await;
            world.state().note(|| format!("comparison: {:?}", compared.map(|donation| donation.status())));
        })
    }

    /// A day is compared with the gateway's books.
    pub fn day_comparison(&self, house: Arc<House>, day: Day) -> Work {
        let (world, product) = (self.world.clone(), self.product.clone());
        Box::pin(async move {
            let compared = product.compare_day(&house, day).await;
            world.state().note(|| format!("{day}: {compared:?}"));
        })
    }

    /// An operator gives money back.
    pub fn refunding(&self, house: Arc<House>, id: DonationId, amount: Option<Tenge>) -> Work {
        let (world, product) = (self.world.clone(), self.product.clone());
        Box::pin(async move {
            let Ok(reason) = RefundReason::parse("asked for") else { return };
            let wanted = RefundDonation { donation: id, amount, reason };
            let answer = product.refund_donation(&house, wanted, &BY_THE_HOUSE).await;
            let mut state = world.state();
            state.note(|| format!("operator: told {answer:?}"));
            match answer {
                Ok(refund) => {
                    state.saw(Seen::RefundAskedFor);
                    if refund.status != RefundStatus::Failed {
                        state.refunds_told.push((id, refund.id));
                    }
                }
                Err(RefundDonationError::ExceedsPaid) => state.saw(Seen::RefundRefusedByUs),
                Err(RefundDonationError::NotFound) => {
                    state.violated(format!("an operator was told that there is no donation {id}"));
                }
                Err(RefundDonationError::Busy) => state.violated("a donation stayed busy".to_owned()),
                Err(_) => {}
            }
        })
    }
}
