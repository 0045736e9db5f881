//! Whose a donation is: a guest's that joins an account, and a donor's who is to be forgotten.

use crate::donation::{Cause, Change, TimelineKind};
use crate::{AccountId, CertificateChange, Donation, Donor, Instant};

use super::transition::entry;

impl Donation {
    /// A guest's donation becomes `account`'s, whose address was proved to be the donor's. `None` if it is somebody's already, or
    /// the donor has been forgotten. Whether the addresses are the same is for the caller to know.
    pub fn join(&self, account: AccountId, (now, cause): (Instant, &Cause)) -> Option<Change> {
        if self.donor.account.is_some() || self.donor.is_erased() {
            return None;
        }
        let mut next = self.clone();
        next.0.donor.account = Some(account);
        Some(self.owned_by_another(next, TimelineKind::DonationJoined, (now, cause)))
    }

    /// The donor is forgotten: name, address, message and the name on every certificate go. What the books need stays: amounts,
    /// states, orders, refunds, the timeline, and the certificates with their numbers, trees, dates and status. `None` if it
    /// was done before.
    pub fn erase_donor(&self, (now, cause): (Instant, &Cause)) -> Option<Change> {
        if self.donor.is_erased() {
            return None;
        }
        let mut next = self.clone();
        next.0.donor = Donor::erased();
        next.0.message = None;
        next.0.certificate_name = None;
        next.0.anonymous = true;
        let name = next.name_on_certificate().to_owned();
        let mut change = self.owned_by_another(next, TimelineKind::DonationErased, (now, cause));
        change.certificate = self.certificate.is_some().then_some(CertificateChange::Rename(name));
        Some(change)
    }

    /// Nothing is done or told because a donation changes hands.
    fn owned_by_another(&self, mut next: Self, kind: TimelineKind, (now, cause): (Instant, &Cause)) -> Change {
        let entries = vec![entry(self, &next, kind, Vec::new(), (now, cause))];
        next.0.version = self.version + 1;
        next.0.updated_at = now;
        Change { donation: next, entries, work: Vec::new(), certificate: None }
    }
}
