//! What is ours of the day and was on none of the gateway's pages. It may have been made a moment before midnight by the
//! gateway's clock and a moment after by ours, so the gateway is asked for it by itself.

use domain::donation::Attempt;
use domain::ports::ListedRefund;
use domain::reconciliation::{Difference, OrderThere};
use domain::{Donation, GatewayRefundId, OrderId, Refund};

use super::{CompareDayError, Comparison, unless_refused};

const PAGE: u32 = 50;

/// What stands in the report where the gateway refused to answer; the log has why.
const WOULD_NOT_TELL: &str = "it would not tell";

impl Comparison<'_> {
    pub(super) async fn ours_that_were_not_listed(&mut self) -> Result<(), CompareDayError> {
        let mut after = None;
        loop {
            let donations = self.house.reconciliations.donations_in(&self.span, after, PAGE).await?;
            let Some(last) = donations.last() else { return Ok(()) };
            after = Some(last.id);
            for donation in &donations {
                if !self.is_other_money(donation) {
                    self.own_orders(donation).await?;
                    self.own_refunds(donation).await?;
                }
            }
        }
    }

    /// An attempt whose order we never heard of is none of these: whether there is one, is asked soon after it was begun.
    async fn own_orders(&mut self, donation: &Donation) -> Result<(), CompareDayError> {
        let span = self.span;
        for attempt in donation.attempts.iter().filter(|attempt| span.contains(attempt.started_at)) {
            if let Some(order) = &attempt.order_id
                && !self.listed_orders.contains(order)
            {
                self.own_order(donation, attempt, order).await?;
            }
        }
        Ok(())
    }

    async fn own_order(
        &mut self,
        donation: &Donation,
        attempt: &Attempt,
        order: &OrderId,
    ) -> Result<(), CompareDayError> {
        self.before_asking().await?;
        let asked = self.house.gateway.order(order).await;
        match unless_refused(asked.map_err(Into::into))? {
            // By the gateway's clock it is another day's, and counted there.
            Some(Some(asked)) => {
                let there = OrderThere::from(&asked);
                self.compare_and_mend((donation.id, attempt.number), &there, Some(&asked)).await?;
            }
            told => {
                let gateway = told.is_none().then(|| WOULD_NOT_TELL.to_owned());
                self.totals.ours.count_attempt(donation, attempt.number);
                self.note([Difference { gateway, ..Difference::missing_there(donation, attempt, order) }]);
            }
        }
        Ok(())
    }

    /// A refund that the gateway has never answered to is none of these: it is asked about until it is final.
    async fn own_refunds(&mut self, donation: &Donation) -> Result<(), CompareDayError> {
        let span = self.span;
        for refund in donation.refunds.iter().filter(|refund| span.contains(refund.created_at)) {
            let order = donation.attempt(refund.attempt).and_then(|attempt| attempt.order_id.as_ref());
            if let (Some(order), Some(id)) = (order, &refund.gateway_id)
                && !self.listed_refunds.contains(&(order.clone(), id.clone()))
            {
                self.own_refund(donation, refund, (order, id)).await?;
            }
        }
        Ok(())
    }

    async fn own_refund(
        &mut self,
        donation: &Donation,
        refund: &Refund,
        (order, id): (&OrderId, &GatewayRefundId),
    ) -> Result<(), CompareDayError> {
        self.before_asking().await?;
        let asked = self.house.gateway.refund(order, id).await;
        match unless_refused(asked.map_err(Into::into))? {
            Some(Some(asked)) => {
                let there = ListedRefund { order: order.clone(), refund: asked };
                self.compare_and_mend_refund((donation.id, refund.attempt), &there).await?;
            }
            told => {
                let gateway = told.is_none().then(|| WOULD_NOT_TELL.to_owned());
                self.totals.ours.count_refund_here(refund);
                self.note([Difference { gateway, ..Difference::refund_missing_there(donation, refund, (order, id)) }]);
            }
        }
        Ok(())
    }
}
