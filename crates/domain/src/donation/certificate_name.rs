//! Another name on the certificate. A certificate never changes after it was given: the one with the wrong name is replaced by
//! another one with the right name, which stands for the same money and trees.

use crate::donation::{Cause, Decision, Refusal, TimelineKind, Verdict};
use crate::{Donation, DonorName, Instant, LineText};

use super::transition::entry;

/// What is wanted on the certificate, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NameCorrection {
    /// The name.
    pub name: DonorName,
    /// Why; stays on the timeline when the donor is forgotten, so no name belongs in it.
    pub reason: LineText<255>,
}

impl Donation {
    /// The certificate is to bear another name. It changes neither the state nor the money; nothing if the valid certificate bears
    /// the name already. The timeline tells the number of the certificate that is replaced and the reason, and neither name: it
    /// stays when the donor is forgotten. Both names are on the certificates, where they are erased.
    pub fn correct_name(&self, correction: &NameCorrection, (now, cause): (Instant, &Cause)) -> Decision {
        let Some(valid) = self.certificate_to_send() else {
            return Decision { verdict: Verdict::Refused(Refusal::NothingToCorrect), change: None };
        };
        if valid.draft.name == correction.name.as_str() {
            return Decision { verdict: Verdict::AlreadyApplied, change: None };
        }
        let mut next = self.clone();
        next.0.certificate_name = Some(correction.name.clone());
        let details = vec![("certificate", valid.number.to_string()), ("reason", correction.reason.to_string())];
        let entries = vec![entry(self, &next, TimelineKind::CertificateRenamed, details, (now, cause))];
        Decision { verdict: Verdict::Applied, change: Some(self.change_into(next, entries, now)) }
    }
}
