//! An order of the gateway's against ours.

use domain::ports::{GatewayOrder, ListedOrder};
use domain::reconciliation::{Difference, OrderThere, compare_order};
use domain::{Donation, DonationId, ExternalId};

use super::{CompareDayError, Comparison, settled, unless_refused};
use crate::take_up_order::{AskedOrder, Why, refuse_other_amount, take_up_order};

/// An attempt, by its donation and its number.
type Name = (DonationId, u32);

impl Comparison<'_> {
    pub(super) async fn listed_order(&mut self, listed: &ListedOrder) -> Result<(), CompareDayError> {
        let name = listed.external_id.as_ref().and_then(ExternalId::attempt);
        self.names.insert(listed.id.clone(), name);
        let Some(name) = name else {
            if self.is_of_the_day(listed.made_at, None) {
                self.totals.foreign_orders += 1;
            }
            return Ok(());
        };
        let mut donation = self.house.donations.find(name.0).await?;
        let begun_at = donation.as_ref().and_then(|donation| Some(donation.attempt(name.1)?.started_at));
        if donation.as_ref().is_some_and(|donation| self.is_other_money(donation))
            || !self.is_of_the_day(listed.made_at, begun_at)
        {
            return Ok(());
        }
        let mut there = OrderThere::from(listed);
        if !compare_order(donation.as_ref(), name, &there).is_empty() {
            // It may have changed since it was listed, and a list does not say what was taken.
            self.before_asking().await?;
            let asked = self.house.gateway.order(&listed.id).await;
            let asked = unless_refused(asked.map_err(Into::into))?.flatten();
            if let Some(asked) = &asked {
                there = OrderThere { made_at: listed.made_at, ..asked.into() };
            }
            donation = self.compare_and_mend(name, &there, asked.as_ref()).await?;
        }
        self.totals.gateway.count_order(&there);
        if let Some(donation) = &donation {
            self.totals.ours.count_attempt(donation, name.1);
        }
        Ok(())
    }

    /// Compares the order as the gateway has just told of it, takes up what it said if that may mend what differs, and
    /// notes the outcome. Answers the donation as it then stands.
    pub(super) async fn compare_and_mend(
        &mut self,
        name: Name,
        there: &OrderThere,
        asked: Option<&GatewayOrder>,
    ) -> Result<Option<Donation>, CompareDayError> {
        let mut donation = self.house.donations.find(name.0).await?;
        let mut found = compare_order(donation.as_ref(), name, there);
        if let (Some(before), Some(asked)) = (&donation, asked)
            && may_be_mended(&found)
            && refuse_other_amount(asked, before).is_ok()
        {
            self.keep_as_found(&found).await?;
            let asked = AskedOrder { donation: name.0, attempt: name.1, order: asked, why: Why::NothingHeard };
            let after = take_up_order(self.house, asked, &self.cause).await?;
            found = settled(found, compare_order(Some(&after), name, there));
            donation = Some(after);
        }
        self.note(found);
        Ok(donation)
    }
}

fn may_be_mended(found: &[Difference]) -> bool {
    found.iter().any(|difference| difference.kind.can_be_mended())
}
