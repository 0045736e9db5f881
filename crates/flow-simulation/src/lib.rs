//! Random histories of payments, played with the real use cases and the real store.
//!
//! The gateway, the clocks, new names and everything that goes wrong are simulated, and decided by one seed: the same seed
//! gives the same history on every machine. When a history is over the faults stop, the workers work until nothing is
//! left to do, and what the house believes is compared with the gateway's own books. `docs/proof.md` lists what must hold.
//!
//! There is one thread for a history. At every call of a port it is thrown which task goes on, and whether the call fails
//! before its work or after it, or the server dies with all that it was doing.

mod actions;
mod agree;
pub mod campaign;
mod chronicle;
mod clients;
pub mod coverage;
pub mod dice;
mod examine;
pub mod gateway;
mod house;
mod letters;
mod mailer;
mod nature;
mod one_campaign;
mod operators;
pub mod plan;
pub mod play;
pub mod product;
mod settle;
pub mod shrink;
pub mod stage;
mod store;
mod tasks;
pub mod world;
