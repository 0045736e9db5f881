//! HMAC-SHA256, sent as hex (reference §4.3).

use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;

/// Knows the secret, and only says whether a signature is right.
#[derive(Clone)]
pub(crate) struct Signer(Hmac<Sha256>);

impl Signer {
    pub(crate) fn new(secret: &[u8]) -> Self {
        Self(Hmac::new_from_slice(secret).expect("HMAC takes keys of any length"))
    }

    /// Whether `sent`, 64 hex digits in either case, is the signature of `message`. Compared in constant time.
    pub(crate) fn signed(&self, message: &[u8], sent: &[u8]) -> bool {
        let mut signature = [0; 32];
        if hex::decode_to_slice(sent, &mut signature).is_err() {
            return false;
        }
        self.0.clone().chain_update(message).verify_slice(&signature).is_ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 4231, test case 2.
    const SIGNATURE: &str = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";

    fn signed(sent: &str) -> bool {
        Signer::new(b"Jefe").signed(b"what do ya want for nothing?", sent.as_bytes())
    }

    #[test]
    fn hex_is_read_in_either_case() {
        assert!(signed(SIGNATURE));
        assert!(signed(&SIGNATURE.to_uppercase()));
    }

    #[test]
    fn anything_but_the_whole_signature_is_wrong() {
        for wrong in [
            "",
            &SIGNATURE[..62],
            &SIGNATURE[..63],
            &format!("{SIGNATURE}00"),
            &format!(" {SIGNATURE}"),
            &format!("sha256={SIGNATURE}"),
            &SIGNATURE.replace('5', "6"),
            &"zz".repeat(32),
        ] {
            assert!(!signed(wrong), "{wrong}");
        }
        assert!(!Signer::new(b"other").signed(b"what do ya want for nothing?", SIGNATURE.as_bytes()));
    }
}
