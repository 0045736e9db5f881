//! The simulated gateway: its own books, the port that the house calls, the webhooks that it sends.

mod books;
mod port;
mod webhooks;

pub use books::{Books, Order, Payment, RefundEntry};
pub use port::SimGateway;
pub use webhooks::{Answer, Fortune, Message, Messages, SIGNATURE, SimReader, Standing};
