//! Looking at webhooks. Nothing is written.

use domain::ports::{Delivery, DeliveryQuery, StoreError};
use domain::{DeliveryId, Instant};

use crate::House;

/// Deliveries, newest first, and the place after which the next page begins, if there is one.
///
/// # Errors
/// [`StoreError`].
pub async fn list_deliveries(
    house: &House,
    query: DeliveryQuery,
) -> Result<(Vec<Delivery>, Option<(Instant, DeliveryId)>), StoreError> {
    let wanted = usize::try_from(query.limit).unwrap_or(usize::MAX);
    let one_more = DeliveryQuery { limit: query.limit.saturating_add(1), ..query };
    let mut deliveries = house.deliveries.list(&one_more).await?;
    let more = deliveries.len() > wanted;
    deliveries.truncate(wanted);
    let next = deliveries.last().filter(|_| more).map(|last| (last.received_at, last.id));
    Ok((deliveries, next))
}

/// One delivery; `None` if there is none of this id.
///
/// # Errors
/// [`StoreError`].
pub async fn read_delivery(house: &House, id: DeliveryId) -> Result<Option<Delivery>, StoreError> {
    house.deliveries.get(id).await
}
