//! The end of a story: the gateway's books, and what the house has on record.

use domain::ports::DonationStore;

use crate::clients::stored;
use crate::play::Play;

impl Play {
    /// Writes both down, if there is a story.
    pub fn tell_the_end(&self) {
        if self.world.state().story.is_none() {
            return;
        }
        let (mut lines, ids) = {
            let state = self.world.state();
            let orders = state.books.orders.iter();
            let mut lines: Vec<_> = orders
                .map(|order| {
                    let ended = if order.ended { "ended, " } else { "" };
                    let payment = order.payment.as_ref();
                    let payment = payment.map(|it| format!("{} taken at {}", it.captured, it.at.format("%d %H:%M:%S")));
                    let (payment, refunds) = (payment.unwrap_or_else(|| "unpaid".to_owned()), &order.refunds);
                    let refunds: Vec<_> =
                        refunds.iter().map(|it| format!("{} {} {}", it.id, it.amount, it.status.word())).collect();
                    format!("books: {} {}: {ended}{payment} {refunds:?}", order.id, order.external_id)
                })
                .collect();
            let messages = state.messages.0.iter();
            lines.extend(messages.map(|it| format!("books: webhook {} {:?}", it.key, it.standing)));
            (lines, state.donations.iter().copied().flatten().collect::<Vec<_>>())
        };
        for id in ids {
            if let Ok(Some(donation)) = stored(self, id) {
                lines.push(format!("record: {id} {} {:?}", donation.status().word(), donation.reviews));
                lines
                    .extend(donation.attempts.iter().map(|it| format!("record: attempt {} {:?}", it.number, it.state)));
                lines.extend(donation.refunds.iter().map(|it| format!("record: {it:?}")));
                lines.extend(donation.certificate.iter().map(|it| format!("record: certificate {:?}", it.status)));
            }
            for entry in self.stage.wait(self.stage.store.timeline(id)).unwrap_or_default() {
                let (at, from, to) = (entry.at.format("%d %H:%M:%S"), entry.from.word(), entry.to.word());
                lines.push(format!("timeline: {at} {} {from} → {to} {:?}", entry.kind.word(), entry.details));
            }
        }
        let mut state = self.world.state();
        lines.into_iter().for_each(|line| state.note(|| line));
    }
}
