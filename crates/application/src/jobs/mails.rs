//! What donors are told by mail, in the donation's language: the facts of each letter. Its words are the
//! [`LetterWriter`](domain::ports::LetterWriter)'s.
//!
//! A job that is done again writes its mail again, from what is true then; both copies have one id and are one mail.

use domain::donation::{DonationState, Work};
use domain::ports::{
    Attachment, CertificateFate, Job, Letter, Mail, PaymentFailed, RefundOf, Refunded, RenderError, Thanks,
};
use domain::{
    Certificate, CertificateStatus, Donation, DonationStatus, Refund, RefundId, RefundStatus, RefundedPayment,
};

use super::Failure;
use crate::certificate_sheet::certificate_sheet;
use crate::{House, NoCertificate};

/// Nothing is to be told any longer, and why.
type NothingToTell = &'static str;

/// The mail of a job, from what is true now; or why there is nothing to tell. Whoever is told late is not told what is no longer so:
/// another certificate has its own job, and a donation that was paid meanwhile has not failed.
pub(super) async fn write(
    house: &House,
    (job, work): (&Job, Work),
    donation: &Donation,
) -> Result<Result<Mail, NothingToTell>, Failure> {
    let letter = match letter(house, (job, work), donation) {
        Ok(letter) => letter,
        Err(nothing_to_tell) => return Ok(Err(nothing_to_tell)),
    };
    let attachments = match letter {
        Letter::Thanks(_) => vec![certificate_file(house, donation).await?],
        _ => Vec::new(),
    };
    let wording = house.letters.write(&letter, donation.language);
    Ok(Ok(Mail {
        id: job.id.0,
        to: donation.donor.email.clone(),
        to_name: addressee(&letter, donation),
        subject: wording.subject,
        text: wording.text,
        html: wording.html,
        attachments,
        written_at: job.queued_at,
    }))
}

/// A payment can be made to fail with any name at any address, so then the name stays out of the mail's head too.
fn addressee(letter: &Letter, donation: &Donation) -> Option<domain::DonorName> {
    match letter {
        Letter::PaymentFailed(_) => None,
        _ => Some(donation.donor.name.clone()),
    }
}

fn letter(house: &House, (job, work): (&Job, Work), donation: &Donation) -> Result<Letter, NothingToTell> {
    if donation.donor.is_erased() {
        return Err("the donor has been forgotten");
    }
    match work {
        Work::SendCertificate => thanks(house, donation, issued_with(job, donation)?),
        Work::SendCertificateAgain => thanks(house, donation, valid(certificate(donation)?)?),
        Work::TellOfDecline => payment_failed(house, donation),
        Work::TellOfRefund(id) => refunded(house, (job, id), donation),
        Work::RefundDuplicate => Err("it is nothing to tell"),
    }
}

fn thanks(house: &House, donation: &Donation, certificate: &Certificate) -> Result<Letter, NothingToTell> {
    let back = donation.refunded();
    Ok(Letter::Thanks(Thanks {
        name: donation.donor.name.to_string(),
        amount: donation.gift.amount.saturating_sub(back),
        before_refunds: (!back.is_zero()).then_some(donation.gift.amount),
        campaign: donation.campaign_title.to_string(),
        number: certificate.number.clone(),
        trees: certificate.draft.trees,
        replaces: donation.earlier_certificate.clone(),
        page: house.settings.pages.donation(donation.id),
        verify: house.settings.pages.certificate(&certificate.number),
        test_mode: donation.test_mode,
    }))
}

fn payment_failed(house: &House, donation: &Donation) -> Result<Letter, NothingToTell> {
    let DonationState::Failed(decline) = &donation.state else { return Err("the donation has moved on") };
    Ok(Letter::PaymentFailed(PaymentFailed {
        amount: donation.gift.amount,
        reason: decline.reason,
        page: house.settings.pages.donation(donation.id),
        test_mode: donation.test_mode,
    }))
}

fn refunded(house: &House, (job, id): (&Job, RefundId), donation: &Donation) -> Result<Letter, NothingToTell> {
    let refund = donation.refund(id).filter(|refund| refund.status == RefundStatus::Succeeded);
    let refund = refund.ok_or("the refund has not gone through")?;
    Ok(Letter::Refunded(Refunded {
        name: donation.donor.name.to_string(),
        amount: refund.amount,
        donation: donation.gift.amount,
        of: what_it_gave_back(donation, refund),
        certificate: donation.certificate.as_ref().map(|certificate| fate(job, donation, certificate)),
        page: house.settings.pages.donation(donation.id),
        test_mode: donation.test_mode,
    }))
}

fn what_it_gave_back(donation: &Donation, refund: &Refund) -> RefundOf {
    let superfluous = refund.request.as_ref().is_some_and(|request| request.payment == RefundedPayment::Superfluous);
    match donation.status() {
        _ if superfluous => RefundOf::SecondPayment,
        DonationStatus::PartiallyRefunded => {
            RefundOf::Part { left: donation.gift.amount.saturating_sub(donation.refunded()) }
        }
        DonationStatus::Refunded => RefundOf::Whole,
        // The donation stands on another payment than this one.
        DonationStatus::Completed => RefundOf::SecondPayment,
        DonationStatus::Pending
        | DonationStatus::AwaitingPayment
        | DonationStatus::Failed
        | DonationStatus::Cancelled => RefundOf::Uncounted,
    }
}

/// What became of the certificate when the money went back. One that was issued before then, in the place of an earlier one, is told of
/// no more than any other: it had its own mail.
fn fate(job: &Job, donation: &Donation, certificate: &Certificate) -> CertificateFate {
    let number = certificate.number.clone();
    let earlier = donation.earlier_certificate.clone().filter(|_| certificate.draft.issued_at >= job.queued_at);
    match (certificate.status, earlier) {
        (CertificateStatus::Valid, Some(earlier)) => CertificateFate::Replaced { earlier, by: number },
        (CertificateStatus::Valid, None) => CertificateFate::Stays(number),
        (CertificateStatus::Replaced | CertificateStatus::Withdrawn, _) => CertificateFate::Withdrawn(number),
    }
}

/// The certificate that the job was queued with, if it still is the valid one.
fn issued_with<'a>(job: &Job, donation: &'a Donation) -> Result<&'a Certificate, NothingToTell> {
    let certificate = certificate(donation)?;
    if job.certificate.as_ref() != Some(&certificate.number) {
        return Err("another certificate has taken its place");
    }
    valid(certificate)
}

fn certificate(donation: &Donation) -> Result<&Certificate, NothingToTell> {
    donation.certificate.as_ref().ok_or("there is no certificate")
}

fn valid(certificate: &Certificate) -> Result<&Certificate, NothingToTell> {
    match certificate.status {
        CertificateStatus::Valid => Ok(certificate),
        CertificateStatus::Replaced | CertificateStatus::Withdrawn => Err("the certificate is no longer valid"),
    }
}

/// The document, byte for byte the one that the API gives.
async fn certificate_file(house: &House, donation: &Donation) -> Result<Attachment, Failure> {
    let sheet = certificate_sheet(donation, |number| house.settings.pages.certificate(number));
    let sheet = sheet.map_err(|error: NoCertificate| Failure::Final(error.to_string()))?;
    let file_name = format!("{}.pdf", sheet.certificate.number);
    let bytes = house.printer.print(sheet).await.map_err(|error: RenderError| Failure::Final(error.to_string()))?;
    Ok(Attachment { file_name, content_type: "application/pdf", bytes })
}
