//! Identifiers, tokens and reference numbers, all from one seeded generator.

use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};

const ALPHANUMERICS: &[u8; 62] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

/// Makes identifiers; the same seed and the same calls give the same ones.
#[derive(Debug)]
pub(crate) struct Ids {
    generator: StdRng,
}

impl Ids {
    /// A generator for this seed.
    pub(crate) fn from_seed(seed: u64) -> Self {
        Self { generator: StdRng::seed_from_u64(seed) }
    }

    /// `prefix` and ten letters or digits, the form of Ioka's orders and payments. \[CAP\]
    pub(crate) fn object(&mut self, prefix: &str) -> String {
        let mut id = String::with_capacity(prefix.len() + 10);
        id.push_str(prefix);
        for _ in 0..10 {
            id.push(self.pick(ALPHANUMERICS));
        }
        id
    }

    /// `{object_id}_secret_` and 64 hex digits, the form of Ioka's access tokens. \[SDK\]\[CAP\]
    pub(crate) fn access_token(&mut self, object_id: &str) -> String {
        format!("{object_id}_secret_{}", self.hex::<32>())
    }

    /// `N` random bytes in lowercase hex.
    pub(crate) fn hex<const N: usize>(&mut self) -> String {
        let mut bytes = [0; N];
        self.generator.fill_bytes(&mut bytes);
        hex::encode(bytes)
    }

    /// Twelve digits, the look of an acquirer's reference. \[API\]
    pub(crate) fn reference(&mut self) -> String {
        (0..12).map(|_| self.pick(b"0123456789")).collect()
    }

    fn pick(&mut self, alphabet: &[u8]) -> char {
        let index = self.generator.next_u64() % alphabet.len() as u64;
        char::from(alphabet[usize::try_from(index).unwrap_or_default()])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_gives_the_same_ids() {
        let (mut left, mut right) = (Ids::from_seed(7), Ids::from_seed(7));
        assert_eq!(left.object("ord_"), right.object("ord_"));
        assert_eq!(left.access_token("ord_x"), right.access_token("ord_x"));
        assert_ne!(Ids::from_seed(7).object(""), Ids::from_seed(8).object(""));
    }
}
