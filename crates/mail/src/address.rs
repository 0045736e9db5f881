//! Addresses as a mail server takes them.

use domain::{DonorEmail, DonorName, LineText};
use lettre::Address;
use lettre::message::Mailbox;
use url::Host;

use crate::config::MailConfigError;

/// Who all mail is from.
#[derive(Debug, Clone)]
pub(crate) struct Sender(Mailbox);

impl Sender {
    /// Takes `noreply@fund.kz`, `Name <noreply@fund.kz>` and `"Name" <noreply@fund.kz>`. What stands before the `@` is
    /// ASCII, since any server has to take it.
    pub(crate) fn parse(text: &str) -> Result<Self, MailConfigError> {
        let text = text.trim();
        let (name, address) = match text.strip_suffix('>').and_then(|text| text.rsplit_once('<')) {
            Some((name, address)) => (unquoted(name.trim()), address),
            None => ("", text),
        };
        let name = match name {
            "" => None,
            name => Some(LineText::<120>::parse(name).map_err(|_| MailConfigError::From)?.to_string()),
        };
        let address = with_ascii_domain(address).filter(|address| address.user().is_ascii());
        address.map(|address| Self(Mailbox::new(name, address))).ok_or(MailConfigError::From)
    }

    pub(crate) fn mailbox(&self) -> &Mailbox {
        &self.0
    }

    pub(crate) fn address(&self) -> &Address {
        &self.0.email
    }

    /// The domain that answers for the mail.
    pub(crate) fn domain(&self) -> &str {
        self.0.email.domain()
    }
}

/// The donor; `None` if no server would know what to make of the address.
pub(crate) fn recipient(email: &DonorEmail, name: Option<&DonorName>) -> Option<Mailbox> {
    let address = with_ascii_domain(email.as_str())?;
    Some(Mailbox::new(name.map(|name| name.as_str().to_owned()), address))
}

/// A domain in Kazakh or Russian letters has an ASCII name (RFC 5891) that every server understands.
fn with_ascii_domain(address: &str) -> Option<Address> {
    let (local, domain) = address.rsplit_once('@')?;
    if domain.is_ascii() {
        return Address::new(local, domain).ok();
    }
    match Host::parse(domain) {
        Ok(Host::Domain(domain)) => Address::new(local, domain).ok(),
        _ => None,
    }
}

fn unquoted(name: &str) -> &str {
    name.strip_prefix('"').and_then(|name| name.strip_suffix('"')).map_or(name, str::trim)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sender_has_an_address_and_perhaps_a_name() {
        for (text, name, address) in [
            ("noreply@fund.kz", None, "noreply@fund.kz"),
            (" <noreply@fund.kz> ", None, "noreply@fund.kz"),
            ("Жасыл қор <noreply@fund.kz>", Some("Жасыл қор"), "noreply@fund.kz"),
            ("\"Fund, Inc. \" <noreply@fund.kz>", Some("Fund, Inc."), "noreply@fund.kz"),
            ("A <b> <noreply@localhost>", Some("A <b>"), "noreply@localhost"),
            ("noreply@қор.қаз", None, "noreply@xn--n1ae5y.xn--80ao21a"),
        ] {
            let sender = Sender::parse(text).unwrap();
            assert_eq!((sender.mailbox().name.as_deref(), sender.address().as_ref()), (name, address), "{text}");
        }
    }

    #[test]
    fn other_senders_are_refused() {
        for text in [
            "",
            "fund.kz",
            "@fund.kz",
            "a@",
            "<>",
            "қор@fund.kz",
            "a@b@",
            "A\nBcc: x@y.kz <a@fund.kz>",
            "a@x y",
            "a b@x.kz",
        ] {
            assert_eq!(Sender::parse(text).unwrap_err(), MailConfigError::From, "{text:?}");
        }
    }

    #[test]
    fn a_domain_in_kazakh_letters_is_sent_to_by_its_ascii_name() {
        let email = DonorEmail::parse("asel@пошта.қаз").unwrap();
        assert_eq!(recipient(&email, None).unwrap().email.to_string(), "asel@xn--80a1acn3a.xn--80ao21a");
    }
}
