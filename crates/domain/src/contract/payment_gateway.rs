//! The promises of [`PaymentGateway`](crate::ports::PaymentGateway).
