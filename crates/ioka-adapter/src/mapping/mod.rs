//! What Ioka's words mean in ours, and ours in Ioka's.

mod amount;
mod date;
mod decline;
mod order;
mod refund;

pub(crate) use amount::{reported_tenge, reported_tiyn, tiyn};
pub(crate) use date::{parse_date, print_date};
pub(crate) use decline::decline;
pub(crate) use order::{OrderMapping, new_order, show_a_capture};
pub(crate) use refund::{gateway_refund, new_refund};

/// Ioka shows at most this much of a description, and takes at most this much of a refund's reason.
const LONGEST_TEXT: usize = 255;

/// The text cut to what Ioka takes, counted in characters.
fn cut(text: &str) -> &str {
    text.char_indices().nth(LONGEST_TEXT).map_or(text, |(end, _)| &text[..end])
}

/// A text that is there and not empty.
pub(crate) fn present(text: Option<&str>) -> Option<&str> {
    text.filter(|text| !text.is_empty())
}

#[cfg(test)]
mod tests {
    use super::cut;

    #[test]
    fn a_long_text_is_cut_between_characters() {
        assert_eq!(cut("қысқа"), "қысқа");
        assert_eq!(cut(&"қ".repeat(300)).chars().count(), 255);
    }
}
