//! Who may call what.

use actix_web::http::Method;

/// What a call must show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Access<'a> {
    /// Nothing.
    Open,
    /// `API-KEY`.
    Key,
    /// `API-KEY`, or `X-Order-Access-Token` of this order.
    KeyOrOrderToken(&'a str),
    /// `API-KEY`, or `X-Customer-Access-Token` of this customer.
    KeyOrCustomerToken(&'a str),
}

/// What a call of this path needs.
///
/// The open ones are those the specification marks as needing no key \[API\], plus the page of 3-D Secure. Where it
/// names a customer token, the key does as well \[DOC\].
pub(super) fn access<'a>(method: &Method, path: &'a str) -> Access<'a> {
    let segments: Vec<&str> = path.trim_start_matches("/v2/").split('/').collect();
    let is_get = method == Method::GET;
    match segments.as_slice() {
        ["auth", "token"] | ["brands"] | ["bins", _] | ["payment-methods", ..] | [_, "check3ds"] => Access::Open,
        ["orders", _] | ["orders", _, "events" | "receipt"] | ["customers", _, "events"] if is_get => Access::Open,
        ["orders", _, "payments", "card" | "tool"] if method == Method::POST => Access::Open,
        ["orders", order_id, ..] => Access::KeyOrOrderToken(order_id),
        ["customers", customer_id, ..] => Access::KeyOrCustomerToken(customer_id),
        _ => Access::Key,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn calls_need_what_the_specification_says() {
        assert_eq!(access(&Method::POST, "/v2/orders"), Access::Key);
        assert_eq!(access(&Method::GET, "/v2/orders/ord_1"), Access::Open);
        assert_eq!(access(&Method::PATCH, "/v2/orders/ord_1"), Access::KeyOrOrderToken("ord_1"));
        assert_eq!(access(&Method::GET, "/v2/orders/ord_1/events"), Access::Open);
        assert_eq!(access(&Method::POST, "/v2/orders/ord_1/payments/card"), Access::Open);
        assert_eq!(access(&Method::GET, "/v2/orders/ord_1/payments"), Access::KeyOrOrderToken("ord_1"));
        assert_eq!(access(&Method::GET, "/v2/customers/c1/cards"), Access::KeyOrCustomerToken("c1"));
        assert_eq!(access(&Method::GET, "/v2/webhooks"), Access::Key);
    }
}
