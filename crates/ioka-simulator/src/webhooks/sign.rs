//! Signatures.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use crate::json::{Spelling, Tree, write};
use crate::options::SignatureForm;

/// HMAC-SHA256 in lowercase hex, keyed with the text of `key` (not hex-decoded). \[CAP\]
pub(super) fn hmac_hex(key: &str, message: &[u8]) -> String {
    #[expect(clippy::expect_used, reason = "HMAC takes keys of any length")]
    let mut mac = Hmac::<Sha256>::new_from_slice(key.as_bytes()).expect("HMAC takes keys of any length");
    mac.update(message);
    hex::encode(mac.finalize().into_bytes())
}

/// Ioka's signature: over the same JSON with keys sorted at every level, not over the bytes sent.
///
/// Without spaces as the documentation says \[DOC\], or with them as deliveries of 2021 had it \[CAP\].
pub(super) fn ioka_signature(key: &str, body: &Tree, form: SignatureForm) -> String {
    let spelling = match form {
        SignatureForm::Compact => Spelling::Compact,
        SignatureForm::Spaced => Spelling::Spaced,
    };
    hmac_hex(key, write(body, spelling).as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::parse;

    const KEY: &str = "3f1c0e5ab27d94c68812aa4400fe7b19c5d2e6f0718a93b4c1d05e6f7a8b9c0d";
    const BODY: &str = include_str!("sign_vector.json");

    #[test]
    fn the_reference_body_signs_as_the_reference_says() {
        let body = BODY.trim_end();
        let tree = parse(body).unwrap();
        assert_eq!(write(&tree, Spelling::Python), body);
        assert_eq!(
            ioka_signature(KEY, &tree, SignatureForm::Compact),
            "bdd1308d903ef3919dabb7bef793dcc4729b9c0cb9a3835bbfbfff52542464b9"
        );
        assert_eq!(
            ioka_signature(KEY, &tree, SignatureForm::Spaced),
            "5b3767b4bb0cdd80021b2db5fd05ddb0d8b749f3efdf68623b3a026fd1badbf2"
        );
        assert_eq!(hmac_hex(KEY, body.as_bytes()), "536fcb1636f83d595d245e0da4cbfdddc469f2ffcd2ebe1633252134d31e2aa4");
    }
}
