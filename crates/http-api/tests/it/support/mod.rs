//! A server for each test, and words to speak with it.

mod app;
mod browser;
mod call;
mod clock;
pub mod day;
mod documented;
mod doors;
mod gateway;
mod mailbox;
pub mod named;
mod served;
mod setup;
pub mod smtp;
pub mod webhook;

pub use app::{App, JWT_SECRET, Session};
pub use browser::{Browser, form, form_in};
pub use call::{Answer, Call};
pub use clock::TestClock;
pub use doors::FailingDeliveries;
pub use gateway::RealMoney;
pub use mailbox::Mailbox;
pub use setup::Setup;

/// Runs each of these functions on both databases, as a test of its own. They take an [`App`].
macro_rules! on_both_databases {
    ($($name:ident),+ $(,)?) => {
        on_both_databases!(@ start: $($name),+);
    };
    (@ $into:ident: $($name:ident),+) => {$(
        mod $name {
            #[tokio::test]
            async fn sqlite() {
                super::$name($crate::support::Setup::sqlite().await.$into()).await;
            }

            #[tokio::test]
            async fn postgres() {
                super::$name($crate::support::Setup::postgres().await.$into()).await;
            }
        }
    )+};
}

/// The same for a server with its limits, behind a proxy that is believed.
macro_rules! limited_on_both_databases {
    ($($name:ident),+ $(,)?) => {
        on_both_databases!(@ limited: $($name),+);
    };
}

/// The same for functions that take a [`Setup`], to start what they need themselves.
macro_rules! set_up_on_both_databases {
    ($($name:ident),+ $(,)?) => {
        on_both_databases!(@ itself: $($name),+);
    };
}
