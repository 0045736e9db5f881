//! fake-gateway.
