//! The QR code: the address where the certificate can be checked.

use fast_qr::{ECL, QRBuilder};

use crate::page::{Frame, Outline};

/// The modules of a code, row by row; `true` is dark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct QrCode(Vec<Vec<bool>>);

impl QrCode {
    /// The code of `text`, readable with a seventh of it damaged; `None` if it is too long for any code.
    pub(crate) fn of(text: &str) -> Option<Self> {
        let code = QRBuilder::new(text).ecl(ECL::M).build().ok()?;
        let rows = (0..code.size).map(|row| code[row].iter().map(|module| module.value()).collect());
        Some(Self(rows.collect()))
    }

    /// The dark modules within `frame`, one figure for neighbours in a row. The quiet zone around it is the caller's.
    pub(crate) fn outline(&self, frame: Frame) -> Outline {
        let side = frame.size[0] / self.0.len() as f32;
        let edge = |start: f32, modules: usize| start + side * modules as f32;
        let mut outline = Outline::default();
        for (row, modules) in self.0.iter().enumerate() {
            let mut column = 0;
            for run in modules.chunk_by(|a, b| a == b) {
                if run[0] {
                    let [x, y] = [edge(frame.at[0], column), edge(frame.at[1], row)];
                    outline = outline.rectangle(Frame { at: [x, y], size: [side * run.len() as f32, side] });
                }
                column += run.len();
            }
        }
        outline
    }

    /// How many modules its side has.
    pub(crate) fn modules(&self) -> usize {
        self.0.len()
    }

    /// How many modules of light the norm wants around a code, as a length.
    pub(crate) fn quiet_zone(&self, side: f32) -> f32 {
        4.0 * side / self.0.len() as f32
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::Step;

    fn inside(point: [f32; 2], outline: &Outline) -> bool {
        outline.0.chunks(5).any(|rectangle| match rectangle {
            [Step::Move([left, top]), _, Step::Line([right, bottom]), ..] => {
                (left..right).contains(&&point[0]) && (top..bottom).contains(&&point[1])
            }
            _ => panic!("not a rectangle: {rectangle:?}"),
        })
    }

    /// Reads what is drawn, with somebody else's decoder.
    fn read(outline: &Outline, frame: Frame) -> String {
        const DOTS: usize = 400;
        let dot = |x: usize, y: usize| {
            let place = |dot: usize, start: f32| start - 20.0 + (frame.size[0] + 40.0) * dot as f32 / DOTS as f32;
            if inside([place(x, frame.at[0]), place(y, frame.at[1])], outline) { 0 } else { 255 }
        };
        let mut image = rqrr::PreparedImage::prepare_from_greyscale(DOTS, DOTS, dot);
        let grids = image.detect_grids();
        assert_eq!(grids.len(), 1);
        grids[0].decode().unwrap().1
    }

    #[test]
    fn another_decoder_reads_the_address_from_what_is_drawn() {
        let frame = Frame { at: [700.0, 430.0], size: [92.0, 92.0] };
        let signed = format!("https://example.kz/verify/TREE-2026-000042?signature={}", "Ab3-_".repeat(18));
        for address in ["https://example.kz/certificates/TREE-2026-000042", &signed, "https://ағаш.қаз/тексеру/1"]
        {
            assert_eq!(read(&QrCode::of(address).unwrap().outline(frame), frame), address);
        }
    }

    #[test]
    fn an_address_longer_than_any_code_is_none() {
        assert_eq!(QrCode::of(&"a".repeat(5000)), None);
    }
}
