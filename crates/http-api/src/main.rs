//! http-api.
fn main() {}
