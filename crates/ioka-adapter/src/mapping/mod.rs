//! What Ioka's words mean in ours, and ours in Ioka's.

mod amount;
mod date;
mod decline;
mod order;
mod refund;

pub(crate) use amount::{reported_tenge, reported_tiyn, tiyn};
pub(crate) use date::{parse_date, print_date};
pub(crate) use decline::decline;
pub(crate) use order::{OrderMapping, listed_order, new_order, show_a_capture};
pub(crate) use refund::{gateway_refund, new_refund};

/// Ioka shows at most this much of a description, and takes at most this much of a refund's reason.
const LONGEST_TEXT: usize = 255;

/// The text cut to what Ioka takes, counted in characters.
fn cut(text: &str) -> &str {
    text.char_indices().nth(LONGEST_TEXT).map_or(text, |(end, _)| &text[..end])
}

/// The longest name of anything, in bytes, that the stores keep. Ioka's own have 14.
const LONGEST_NAME: usize = 200;

/// A name that is there, and that a store can keep: one that could not be would fail each time it is delivered.
pub(crate) fn present(text: Option<&str>) -> Option<&str> {
    text.filter(|text| !text.is_empty() && text.len() <= LONGEST_NAME && !text.contains(char::is_control))
}

#[cfg(test)]
mod tests {
    use super::{cut, present};

    #[test]
    fn a_long_text_is_cut_between_characters() {
        assert_eq!(cut("қысқа"), "қысқа");
        assert_eq!(cut(&"қ".repeat(300)).chars().count(), 255);
    }

    #[test]
    fn a_name_that_no_store_could_keep_is_none() {
        assert_eq!(present(Some("ord_A1b2C3d4E5")), Some("ord_A1b2C3d4E5"));
        for name in ["", "ord_\0", "a\nb", &"x".repeat(201)] {
            assert_eq!(present(Some(name)), None, "{name:?}");
        }
    }
}
