//! What a history exercised, so that nobody believes in a simulator that exercises nothing.

use std::fmt;

macro_rules! seen {
    ($($name:ident = $words:literal),+ $(,)?) => {
        /// Something worth exercising.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Seen {
            $(#[doc = $words] $name),+
        }

        impl Seen {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// What it is, in words.
            pub const fn words(self) -> &'static str {
                match self {
                    $(Self::$name => $words),+
                }
            }
        }
    };
}

seen! {
    Paid = "a donor paid",
    PaidWrongly = "another amount was taken than was ordered",
    PaidLate = "an order was paid after it was due",
    PaidAfterEnd = "an order was paid after the gateway had called it ended",
    PaidAfterCancel = "an order was paid after the donor had cancelled",
    PaidTwice = "two orders of one donation were paid",
    Declined = "a payment was declined",
    OrderEnded = "an order ended unpaid",
    SecondAttempt = "a donation had a second order",
    OrderExisted = "an order was asked for whose name was taken",
    TwoTabs = "two tabs asked to pay at once",
    WebhookTwice = "a webhook came in two copies at once",
    WebhookLost = "a webhook never came",
    WebhookForged = "somebody else sent a webhook",
    WebhookNotStored = "a webhook could not be stored, and came again",
    GatewayAnswerLost = "the gateway's answer was lost after the work",
    GatewayChangeAnswerLost = "the answer to an order or a refund was lost after the work",
    GatewayOutage = "the gateway was out for several calls",
    StoreAnswerLost = "the database's answer was lost after the commit",
    StoreFailed = "the database failed before the work",
    Death = "a server died",
    DeathAfterGatewayChange = "a server died between an order or a refund at the gateway and writing it down",
    DeathAfterCommit = "a server died between a commit and its answer",
    Conflict = "of two changes of a donation one came second",
    ClockBack = "the clocks were set back",
    ClockDays = "a day or more passed at once",
    PanelRefund = "money was given back in the gateway's panel",
    RefundPending = "the bank took its time over a refund",
    RefundDeclined = "the bank declined a refund",
    RefundAskedFor = "an operator asked for a refund",
    RefundsAtOnce = "two operators asked for refunds at once",
    RefundRefusedByUs = "a refund was refused because too little was left",
    RefundExisted = "a refund was asked for again under its name",
    DuplicateRefunded = "a second payment was given back by itself",
    MailTwice = "a mail was handed over twice under one name",
    JobTried = "a job had to be tried again",
    ReconcilerSettled = "asking the gateway settled an order",
    DaysCompared = "the end was found by comparing whole days with the gateway's books",
    DifferenceSettled = "comparing a day mended something",
    Completed = "a donation ended completed",
    PartlyRefunded = "a donation ended partly refunded",
    Refunded = "a donation ended refunded",
    Unpaid = "a donation ended unpaid",
}

const _: () = assert!(Seen::ALL.len() <= 64, "each has a bit of its own");

/// What was seen in one history.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Sights(u64);

impl Sights {
    /// Notes that something was seen.
    pub const fn saw(&mut self, what: Seen) {
        self.0 |= 1 << what as u32;
    }

    /// Whether it was seen.
    pub const fn has(self, what: Seen) -> bool {
        self.0 & (1 << what as u32) != 0
    }
}

/// In how many histories each thing was seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Coverage(Vec<u64>);

impl Default for Coverage {
    fn default() -> Self {
        Self(vec![0; Seen::ALL.len()])
    }
}

impl Coverage {
    /// Counts a history.
    pub fn add(&mut self, sights: Sights) {
        for (count, what) in self.0.iter_mut().zip(Seen::ALL) {
            *count += u64::from(sights.has(*what));
        }
    }

    /// Counts what somebody else has counted.
    pub fn merge(&mut self, other: &Self) {
        for (count, more) in self.0.iter_mut().zip(&other.0) {
            *count += more;
        }
    }

    /// In how many histories it was seen.
    pub fn of(&self, what: Seen) -> u64 {
        self.0.get(what as usize).copied().unwrap_or(0)
    }
}

impl fmt::Display for Coverage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (count, what) in self.0.iter().zip(Seen::ALL) {
            writeln!(f, "{count:>10}  {}", what.words())?;
        }
        Ok(())
    }
}
