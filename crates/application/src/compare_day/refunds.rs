//! A refund of the gateway's against ours.

use domain::ports::{GatewayRefund, ListedRefund};
use domain::reconciliation::{Difference, compare_refund, refund_here};
use domain::{Donation, DonationId, ExternalId, OrderId};

use super::{CompareDayError, Comparison, settled, unless_refused};
use crate::sync_donation::sync_donation;

impl Comparison<'_> {
    pub(super) async fn listed_refund(&mut self, listed: &ListedRefund) -> Result<(), CompareDayError> {
        let Some((name, mut donation)) = self.owner_of(&listed.order).await? else {
            return Ok(());
        };
        let here = donation.as_ref().and_then(|donation| refund_here(donation, &listed.refund));
        let heard_at = here.map(|refund| refund.created_at);
        if donation.as_ref().is_some_and(|donation| self.is_other_money(donation))
            || !self.is_of_the_day(listed.refund.created_at, heard_at)
        {
            return Ok(());
        }
        let mut there = listed.clone();
        if compare_refund(donation.as_ref(), listed).is_some() {
            // It may have changed since it was listed.
            self.before_asking().await?;
            let asked = self.house.gateway.refund(&listed.order, &listed.refund.id).await;
            if let Some(refund) = unless_refused(asked.map_err(Into::into))?.flatten() {
                there.refund = GatewayRefund { created_at: listed.refund.created_at, ..refund };
            }
            donation = self.compare_and_mend_refund(name, &there).await?;
        }
        self.totals.gateway.count_refund_there(&there);
        if let Some(refund) = donation.as_ref().and_then(|donation| refund_here(donation, &there.refund)) {
            self.totals.ours.count_refund_here(refund);
        }
        Ok(())
    }

    /// Compares the refund as the gateway has just told of it, takes up what it said if that may mend what differs, and
    /// notes the outcome. Answers the donation as it then stands.
    pub(super) async fn compare_and_mend_refund(
        &mut self,
        name: (DonationId, u32),
        there: &ListedRefund,
    ) -> Result<Option<Donation>, CompareDayError> {
        let mut donation = self.house.donations.find(name.0).await?;
        let of = |found: Option<Difference>| found.map(|found| Difference { donation: Some(name.0), ..found });
        let mut found: Vec<_> = of(compare_refund(donation.as_ref(), there)).into_iter().collect();
        if donation.is_some() && found.iter().any(|difference| difference.kind.can_be_mended()) {
            self.before_asking().await?;
            self.keep_as_found(&found).await?;
            // All of the donation: a refund counts only if its payment is known.
            if let Some(after) = unless_refused(sync_donation(self.house, name.0, &self.cause).await)? {
                found = settled(found, of(compare_refund(Some(&after), there)).into_iter().collect());
                donation = Some(after);
            }
        }
        self.note(found);
        Ok(donation)
    }

    /// The attempt that an order is of, and its donation if it is there; `None` if the order is somebody else's. An order
    /// that we do not know is asked for once: its name says whether it is ours.
    async fn owner_of(
        &mut self,
        order: &OrderId,
    ) -> Result<Option<((DonationId, u32), Option<Donation>)>, CompareDayError> {
        if let Some(donation) = self.house.donations.find_by_order(order).await? {
            let attempt = donation.attempts.iter().find(|attempt| attempt.order_id.as_ref() == Some(order));
            let name = attempt.map(|attempt| (donation.id, attempt.number));
            return Ok(name.map(|name| (name, Some(donation))));
        }
        let name = match self.names.get(order) {
            Some(name) => *name,
            None => {
                self.before_asking().await?;
                let asked = self.house.gateway.order(order).await;
                let asked = unless_refused(asked.map_err(Into::into))?.flatten();
                let name = asked.and_then(|order| order.external_id.as_ref().and_then(ExternalId::attempt));
                self.names.insert(order.clone(), name);
                name
            }
        };
        match name {
            None => Ok(None),
            Some(name) => Ok(Some((name, self.house.donations.find(name.0).await?))),
        }
    }
}
