//! Who may see which donation.

use domain::{Account, AccountId, Donation, DonationId, Role};

use crate::House;
use crate::read_donations::ReadError;

/// How a caller comes to a donation. What somebody may not see does not exist for them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Access {
    /// By knowing the id: guests' donations only. One whose donor was forgotten is nobody's any longer.
    Guest,
    /// As the account that made it.
    Owner(AccountId),
    /// As any administrator.
    Admin,
}

impl Access {
    /// What an account may read: its own donations, an administrator every one.
    pub fn to_read(account: &Account) -> Self {
        match account.role {
            Role::Donor | Role::Viewer => Self::Owner(account.id),
            Role::Admin => Self::Admin,
        }
    }

    fn allows(&self, donation: &Donation) -> bool {
        match self {
            Self::Guest => donation.donor.account.is_none() && !donation.donor.is_erased(),
            Self::Owner(account) => donation.donor.account == Some(*account),
            Self::Admin => true,
        }
    }
}

/// The donation, if there is one and the caller may see it.
pub(crate) async fn visible(house: &House, id: DonationId, access: &Access) -> Result<Donation, ReadError> {
    let donation = house.donations.find(id).await?;
    donation.filter(|donation| access.allows(donation)).ok_or(ReadError::NotFound)
}
