//! What may be done with a donation now. Nothing is written.

use domain::Donation;
use domain::donation::OperatorAct;

use crate::House;
use crate::check_payment::is_the_gateways;

/// What the domain allows, and the gateway in use can do: it knows nothing of the other kind of money.
pub fn operator_acts(house: &House, donation: &Donation) -> Vec<OperatorAct> {
    let mut acts = donation.allowed_acts();
    if !is_the_gateways(house, donation) {
        acts.retain(|act| !matches!(act, OperatorAct::AskGateway | OperatorAct::Refund { .. }));
    }
    acts
}
