//! Names of things: ours are UUIDs, the gateway's are opaque text.

use std::fmt;

use uuid::Uuid;

macro_rules! uuid_id {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub Uuid);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    )+};
}

macro_rules! text_id {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(String);

        impl $name {
            /// The name exactly as its owner wrote it.
            pub fn new(text: impl Into<String>) -> Self {
                Self(text.into())
            }

            /// The text of the name.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    )+};
}

uuid_id! {
    /// A donation.
    DonationId,
    /// A donor's or an operator's account.
    AccountId,
    /// One signed-in session of an account.
    SessionId,
    /// A webhook as it came.
    DeliveryId,
    /// A refund, in our books.
    RefundId,
    /// A piece of background work.
    JobId,
    /// An entry of the record of who did what.
    AuditId,
    /// A cause to tell operators something.
    AlertId,
    /// A mail to operators, the same to each of them.
    NoticeId,
}

text_id! {
    /// The gateway's name for an order. Whoever knows it can read the order at Ioka, so it is given to the donor only.
    OrderId,
    /// The gateway's name for one payment of an order.
    PaymentId,
    /// The gateway's name for a refund.
    GatewayRefundId,
    /// Our name for an order or a refund at the gateway, unique there; see [`ExternalId::of_attempt`] and
    /// [`ExternalId::of_refund`].
    ExternalId,
}

impl ExternalId {
    /// The name of a donation's attempt number `number`, counted from 1: the donation's id, then `<id>-2`, `<id>-3`, …
    /// It is a function of the two alone, so that a repeat after a crash asks for the same order again.
    pub fn of_attempt(donation: DonationId, number: u32) -> Self {
        match number {
            0 | 1 => Self(donation.to_string()),
            later => Self(format!("{donation}-{later}")),
        }
    }

    /// The name of a refund that we ask for. A function of its id, so that a repeat asks for the same refund again.
    pub fn of_refund(refund: RefundId) -> Self {
        Self(format!("refund-{refund}"))
    }

    /// The donation and the attempt's number that this names; `None` if it is no name of ours for an order.
    pub fn attempt(&self) -> Option<(DonationId, u32)> {
        let (uuid, rest) = self.0.split_at_checked(36)?;
        let donation = DonationId(Uuid::try_parse(uuid).ok()?);
        let number = match rest.strip_prefix('-') {
            None if rest.is_empty() => 1,
            None => return None,
            Some(digits) => digits.parse().ok()?,
        };
        (Self::of_attempt(donation, number) == *self).then_some((donation, number))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: DonationId = DonationId(Uuid::from_u128(7));

    #[test]
    fn an_external_id_names_its_attempt() {
        for number in [1, 2, 10] {
            assert_eq!(ExternalId::of_attempt(ID, number).attempt(), Some((ID, number)));
        }
        assert_eq!(ExternalId::of_attempt(ID, 1).as_str(), "00000000-0000-0000-0000-000000000007");
    }

    #[test]
    fn other_systems_names_are_not_ours() {
        let name = ID.to_string();
        for text in
            ["", "don-42", &format!("{name}-"), &format!("{name}-1"), &format!("{name}-02"), &format!("{name}x")]
        {
            assert_eq!(ExternalId::new(text).attempt(), None, "{text}");
        }
        assert_eq!(ExternalId::new("ж".repeat(36)).attempt(), None);
    }
}
