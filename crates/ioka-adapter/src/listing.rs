//! Ioka's lists of what was made in a stretch of time.
//!
//! Whether `to_dt` is the last instant or the first beyond is not documented, nor is it certain that a filter is heeded:
//! what is listed is looked at again. Nor does every list say how long it is: then a full page is followed by another.

use chrono::{SubsecRound as _, TimeDelta};
use domain::ports::{ListedOrder, ListedRefund, Listing, TimeSpan};
use domain::{Instant, OrderId};

use crate::client::{Call, IokaClient};
use crate::failure::Failure;
use crate::mapping::{gateway_refund, listed_order, present, print_date};
use crate::wire::{IokaFoundRefunds, IokaOrder, IokaRefund};

/// More is not promised to be allowed.
const FULL_PAGE: usize = 50;

/// What a page is asked for with.
struct Question {
    from: String,
    to: String,
    page: String,
}

impl Question {
    /// In whole seconds, as Ioka takes them: none of the span is left out.
    fn of(span: &TimeSpan, page: u32) -> Self {
        let until = span.until.trunc_subsecs(0);
        let to = if until < span.until { until + TimeDelta::seconds(1) } else { until };
        Self { from: print_date(span.from), to: print_date(to), page: page.to_string() }
    }

    fn query(&self) -> [(&str, &str); 4] {
        [("from_dt", &self.from), ("to_dt", &self.to), ("page", &self.page), ("limit", "50")]
    }
}

/// The orders of one page that were made in the span.
pub(crate) async fn orders_made(
    client: &IokaClient,
    span: &TimeSpan,
    page: u32,
) -> Result<Listing<ListedOrder>, Failure> {
    let question = Question::of(span, page);
    let call = Call { name: "orders_made", path: &["orders"], query: &question.query(), ..Call::default() };
    let answer = client.get(call).await?;
    let orders: Vec<IokaOrder> = answer.json_if_found()?.unwrap_or_default();
    let next = next_page(page, orders.len(), answer.list_length());
    let listed: Result<Vec<_>, _> = orders.iter().map(listed_order).collect();
    let mut items = listed.map_err(|why| answer.unusable(why))?;
    items.retain(|order| may_be_of(span, order.made_at));
    Ok(Listing { items, next })
}

/// The refunds of one page that were made in the span.
pub(crate) async fn refunds_made(
    client: &IokaClient,
    span: &TimeSpan,
    page: u32,
) -> Result<Listing<ListedRefund>, Failure> {
    let question = Question::of(span, page);
    let call = Call { name: "refunds_made", path: &["search", "refunds"], query: &question.query(), ..Call::default() };
    let answer = client.get(call).await?;
    let found: IokaFoundRefunds = answer.json_if_found()?.unwrap_or_default();
    let next = next_page(page, found.data.len(), found.count.or_else(|| answer.list_length()));
    let listed: Result<Vec<_>, _> = found.data.iter().map(listed_refund).collect();
    let mut items = listed.map_err(|why| answer.unusable(why))?;
    items.retain(|listed| may_be_of(span, listed.refund.created_at));
    Ok(Listing { items, next })
}

fn listed_refund(refund: &IokaRefund) -> Result<ListedRefund, &'static str> {
    let order = present(refund.order_id.as_deref()).ok_or("has a refund without its order's id")?;
    Ok(ListedRefund { order: OrderId::new(order), refund: gateway_refund(refund)? })
}

fn may_be_of(span: &TimeSpan, made_at: Option<Instant>) -> bool {
    made_at.is_none_or(|at| span.contains(at))
}

/// The page after one that holds so many of a list this long.
fn next_page(page: u32, held: usize, list_length: Option<u64>) -> Option<u32> {
    let more = match list_length {
        _ if held == 0 => false,
        Some(length) => u64::from(page).saturating_mul(50) < length,
        None => held >= FULL_PAGE,
    };
    more.then(|| page.checked_add(1)).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_goes_on_as_long_as_it_says_or_as_its_pages_are_full() {
        for (page, held, length, next) in [
            (1, 0, None, None),
            (1, 49, None, None),
            (1, 50, None, Some(2)),
            (1, 50, Some(50), None),
            (1, 50, Some(51), Some(2)),
            (2, 50, Some(101), Some(3)),
            (3, 1, Some(101), None),
            (9, 0, Some(10_000), None),
            (u32::MAX, 50, None, None),
        ] {
            assert_eq!(next_page(page, held, length), next, "page {page}, {held} of {length:?}");
        }
    }

    #[test]
    fn a_span_is_asked_for_in_whole_seconds_that_leave_nothing_out() {
        let at = |text: &str| text.parse::<Instant>().unwrap();
        let exact = TimeSpan { from: at("2026-03-01T19:00:00Z"), until: at("2026-03-02T19:00:00Z") };
        let question = Question::of(&exact, 3);
        assert_eq!(
            (question.from.as_str(), question.to.as_str(), question.page.as_str()),
            ("2026-03-01T19:00:00", "2026-03-02T19:00:00", "3")
        );
        let within = TimeSpan { from: at("2026-03-01T19:00:00.9Z"), until: at("2026-03-01T19:00:01.000001Z") };
        let question = Question::of(&within, 1);
        assert_eq!((question.from.as_str(), question.to.as_str()), ("2026-03-01T19:00:00", "2026-03-01T19:00:02"));
    }
}
