//! A gateway that only pretends. No network, no clock, no dice: the same calls always give the same answers.
//!
//! - [`FakeGateway::new`] is what the product runs on without Ioka: an order is paid the moment it is made, and the address
//!   where the donor pays is the page to come back to after paying.
//! - [`FakeGateway::that_waits`] is for tests: orders wait until [`pay`](FakeGateway::pay) is called.
//!
//! What single calls do can be scripted by [`next`](FakeGateway::next) and [`always`](FakeGateway::always).

mod books;
mod gateway;
mod listing;
mod script;

pub use gateway::FakeGateway;
pub use script::{Behaviour, Call, Pause};
