//! The certificate's mail, once more.

use crate::donation::{Cause, Change, TimelineKind, Work};
use crate::{Certificate, CertificateStatus, Donation, Instant};

use super::transition::entry;

impl Donation {
    /// Somebody asks for the certificate to be sent again. It changes nothing but the donation's version, by which this mail is told
    /// from every other. `None` if no certificate counts, or there is nobody left to send it to.
    pub fn plan_receipt(&self, now: Instant, cause: &Cause) -> Option<Change> {
        let certificate = self.certificate_to_send()?;
        let details = vec![("certificate", certificate.number.to_string())];
        let entries = vec![entry(self, self, TimelineKind::ReceiptRequested, details, (now, cause))];
        let mut change = self.change_into(self.clone(), entries, now);
        change.work.push(Work::SendCertificateAgain);
        Some(change)
    }

    /// The certificate that counts, if there is somebody to send it to.
    pub(super) fn certificate_to_send(&self) -> Option<&Certificate> {
        let valid = self.certificate.as_ref().filter(|known| known.status == CertificateStatus::Valid);
        valid.filter(|_| !self.donor.is_erased())
    }
}
