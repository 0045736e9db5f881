//! What donors are told by mail, in plain text and in the donation's language.

use domain::donation::Work;
use domain::ports::{Job, Mail};
use domain::{Certificate, CertificateStatus, Donation, DonationStatus, Language, RefundStatus, Tenge};

use crate::House;

/// Nothing is to be told any longer, and why.
type NothingToTell = &'static str;

/// The mail of a job, from what is true now. Whoever is told late is not told what is no longer so: another certificate has its
/// own job, and a donation that was paid meanwhile has not failed.
pub(super) fn write(house: &House, (job, work): (&Job, Work), donation: &Donation) -> Result<Mail, NothingToTell> {
    if donation.donor.is_erased() {
        return Err("the donor has been forgotten");
    }
    let page = house.settings.pages.donation(donation.id);
    let letter = Letter { language: donation.language, name: donation.donor.name.as_str(), page: &page };
    let (subject, text) = match work {
        Work::SendCertificate => {
            let certificate = certificate(job, donation)?;
            let verify_url = house.settings.pages.certificate(&certificate.number);
            letter.certificate(certificate, donation.gift.amount, &verify_url)
        }
        Work::TellOfDecline => match donation.status() {
            DonationStatus::Failed => letter.decline(donation.gift.amount),
            _ => return Err("the donation has moved on"),
        },
        Work::TellOfRefund(id) => {
            let refund = donation.refund(id).filter(|refund| refund.status == RefundStatus::Succeeded);
            letter.refund(refund.ok_or("the refund has not gone through")?.amount)
        }
        Work::RefundDuplicate => return Err("it is nothing to tell"),
    };
    Ok(Mail {
        id: job.id.0,
        to: donation.donor.email.clone(),
        to_name: Some(donation.donor.name.clone()),
        subject,
        text,
        attachments: Vec::new(),
        written_at: job.queued_at,
    })
}

/// The certificate that the job was queued with, if it still is the valid one.
fn certificate<'a>(job: &Job, donation: &'a Donation) -> Result<&'a Certificate, NothingToTell> {
    let certificate = donation.certificate.as_ref().ok_or("there is no certificate")?;
    if job.certificate.as_ref() != Some(&certificate.number) {
        return Err("another certificate has taken its place");
    }
    match certificate.status {
        CertificateStatus::Valid => Ok(certificate),
        CertificateStatus::Replaced | CertificateStatus::Withdrawn => Err("the certificate is no longer valid"),
    }
}

/// What every mail about a donation has.
struct Letter<'a> {
    language: Language,
    name: &'a str,
    page: &'a str,
}

impl Letter<'_> {
    fn certificate(&self, certificate: &Certificate, amount: Tenge, verify_url: &str) -> (String, String) {
        let (number, trees, amount) = (&certificate.number, certificate.draft.trees, money(amount));
        let (subject, body) = match self.language {
            Language::Kk => (
                format!("Рақмет! Сертификат {number}"),
                format!(
                    "{amount} қайырмалдығыңыз үшін рақмет. Отырғызылатын ағаш саны: {trees}.\n\n\
                     Сертификатыңыз: {page}\nОны кез келген адам тексере алады: {verify_url}",
                    page = self.page
                ),
            ),
            Language::Ru => (
                format!("Спасибо! Сертификат {number}"),
                format!(
                    "Спасибо за пожертвование {amount}. Будет посажено деревьев: {trees}.\n\n\
                     Ваш сертификат: {page}\nПроверить его может каждый: {verify_url}",
                    page = self.page
                ),
            ),
            Language::En => (
                format!("Thank you! Certificate {number}"),
                format!(
                    "Thank you for your donation of {amount}. Trees to be planted: {trees}.\n\n\
                     Your certificate: {page}\nAnybody can check it: {verify_url}",
                    page = self.page
                ),
            ),
        };
        self.letter(subject, &body)
    }

    fn decline(&self, amount: Tenge) -> (String, String) {
        let (amount, page) = (money(amount), self.page);
        let (subject, body) = match self.language {
            Language::Kk => {
                ("Төлем өтпеді", format!("{amount} төлемі өтпеді, ақша алынған жоқ. Қайта төлеп көруге болады: {page}"))
            }
            Language::Ru => (
                "Платёж не прошёл",
                format!("Платёж на {amount} не прошёл, деньги не списаны. Можно попробовать ещё раз: {page}"),
            ),
            Language::En => (
                "The payment did not go through",
                format!(
                    "The payment of {amount} did not go through, and no money was taken. You can try again: {page}"
                ),
            ),
        };
        self.letter(subject.to_owned(), &body)
    }

    fn refund(&self, amount: Tenge) -> (String, String) {
        let (amount, page) = (money(amount), self.page);
        let (subject, body) = match self.language {
            Language::Kk => (
                "Ақша қайтарылды",
                format!("Картаңызға {amount} қайтарылды. Банк оны 3–7 күнде түсіреді. Қайырмалдығыңыз: {page}"),
            ),
            Language::Ru => (
                "Деньги возвращены",
                format!("На вашу карту возвращено {amount}. Банк зачислит их за 3–7 дней. Ваше пожертвование: {page}"),
            ),
            Language::En => (
                "Money has been given back",
                format!("{amount} went back to your card. The bank takes 3 to 7 days. Your donation: {page}"),
            ),
        };
        self.letter(subject.to_owned(), &body)
    }

    fn letter(&self, subject: String, body: &str) -> (String, String) {
        let greeting = match self.language {
            Language::Kk => "Құрметті",
            Language::Ru => "Здравствуйте,",
            Language::En => "Dear",
        };
        let end = if self.language == Language::Ru { "!" } else { "," };
        (subject, format!("{greeting} {name}{end}\n\n{body}\n", name = self.name))
    }
}

/// `5 000 ₸`, in all three languages.
fn money(amount: Tenge) -> String {
    let digits = amount.get().to_string();
    let mut text = String::with_capacity(digits.len() * 2);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push('\u{a0}');
        }
        text.push(digit);
    }
    text + "\u{a0}₸"
}
