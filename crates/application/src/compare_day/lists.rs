//! Going through the gateway's lists, page by page.

use domain::ports::{GatewayError, Listing};

use super::{CompareDayError, Comparison};

/// A hundred thousand orders in a day. A list that is longer is none of a charity's.
const MOST_PAGES: u32 = 2_000;

impl Comparison<'_> {
    pub(super) async fn orders_of_the_gateway(&mut self) -> Result<(), CompareDayError> {
        let mut next = Some(1);
        while let Some(page) = next {
            self.before_asking().await?;
            let listing = self.house.gateway.orders_made(&self.span, page).await?;
            next = following(&listing, page)?;
            let mut new = listing.items.is_empty();
            for order in &listing.items {
                if self.listed_orders.insert(order.id.clone()) {
                    new = true;
                    self.progress.listed += 1;
                    self.listed_order(order).await?;
                }
            }
            // Whoever gives the same page again and again has no other.
            next = next.filter(|_| new);
        }
        Ok(())
    }

    pub(super) async fn refunds_of_the_gateway(&mut self) -> Result<(), CompareDayError> {
        let mut next = Some(1);
        while let Some(page) = next {
            self.before_asking().await?;
            let listing = self.house.gateway.refunds_made(&self.span, page).await?;
            next = following(&listing, page)?;
            let mut new = listing.items.is_empty();
            for listed in &listing.items {
                if self.listed_refunds.insert((listed.order.clone(), listed.refund.id.clone())) {
                    new = true;
                    self.progress.listed += 1;
                    self.listed_refund(listed).await?;
                }
            }
            next = next.filter(|_| new);
        }
        Ok(())
    }
}

/// The page after this one.
fn following<T>(listing: &Listing<T>, page: u32) -> Result<Option<u32>, GatewayError> {
    match listing.next {
        Some(next) if next <= page || next > MOST_PAGES => {
            Err(GatewayError::Refused(format!("its list of a day goes on after page {page} with page {next}")))
        }
        next => Ok(next),
    }
}
