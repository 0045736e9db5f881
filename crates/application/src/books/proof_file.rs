//! The proof as a workbook, in the operator's language.
//!
//! Every row is written as it is read, so that the sheets are what the totals were added up from; the totals are written last, and the
//! file goes out when it is whole.

use domain::books::{Period, local_time};
use domain::ports::{Cell, FileFormat, GatewayMode, Row, Sheet, SpreadsheetFile};
use domain::{Instant, Language, Tenge};
use futures_util::{StreamExt as _, stream};

use super::export::{BookError, Pieces};
use super::ledger::{Disagreement, Sum};
use super::proof::{OpenDifference, Proof, ProvedDay, read_books};
use super::proof_words::{CERTIFICATES, DIFFERENCES, PAYMENTS, REFUNDS, SHEETS, TotalsWords as Words, line, verdict};
use super::words::{Text, meaning, pick, remedy_text};
use crate::House;

const TOTALS_SHEET: usize = 0;
const DIFFERENCES_SHEET: usize = 4;

/// The proof of a period as a workbook: totals, payments, refunds, certificates, differences.
///
/// # Errors
/// [`BookError`].
pub async fn proof_file(house: &House, period: Period, language: Language) -> Result<Pieces, BookError> {
    let mut file = house.sheets.begin(FileFormat::Xlsx, sheets(language)).await?;
    let proof = read_books(house, period, Some(file.as_mut())).await?;
    file.write(TOTALS_SHEET, totals(&proof, language)).await?;
    let mut differences: Vec<Row> = proof.differences.iter().map(|open| difference_row(open, language)).collect();
    differences.extend(proof.disagreements.iter().map(|found| disagreement_row(found, language)));
    if proof.disagreements_left_out > 0 {
        differences.push(vec![text(language, Words::LEFT_OUT), count(proof.disagreements_left_out)]);
    }
    file.write(DIFFERENCES_SHEET, differences).await?;
    file.end().await?;
    Ok(stream::try_unfold(file, next_piece).boxed())
}

async fn next_piece(
    mut file: Box<dyn SpreadsheetFile>,
) -> Result<Option<(Vec<u8>, Box<dyn SpreadsheetFile>)>, BookError> {
    Ok(file.next_piece().await?.map(|piece| (piece, file)))
}

fn sheets(language: Language) -> Vec<Sheet> {
    let headings = |texts: &[Text]| texts.iter().map(|heading| pick(language, *heading).to_owned()).collect();
    let all: [(&[Text], &[u16]); 5] = [
        (&[], &[60, 20, 20, 20, 18]),
        (&PAYMENTS, &[37, 9, 28, 28, 20, 14]),
        (&REFUNDS, &[37, 9, 37, 28, 20, 14]),
        (&CERTIFICATES, &[20, 37, 20, 10, 14]),
        (&DIFFERENCES, &[14, 22, 37, 28, 28, 30, 30, 60, 60]),
    ];
    let sheet = |(name, (texts, widths)): (&Text, (&[Text], &[u16]))| Sheet {
        name: pick(language, *name).to_owned(),
        headings: headings(texts),
        widths: widths.to_vec(),
    };
    SHEETS.iter().zip(all).map(sheet).collect()
}

fn totals(proof: &Proof, language: Language) -> Vec<Row> {
    let period = format!("{} – {}", proof.period.first(), proof.period.last());
    let head = |texts: &[Text]| texts.iter().map(|heading| text(language, *heading)).collect::<Row>();
    let sum = |name: Text, sum: Sum| vec![text(language, name), count(sum.number), money(sum.amount)];
    let sums = &proof.totals;
    let mut rows = vec![
        vec![text(language, Words::TITLE)],
        vec![text(language, Words::PERIOD), Cell::text(period)],
        vec![text(language, Words::MADE_AT), at(proof.made_at)],
    ];
    if proof.money == GatewayMode::Test {
        rows.push(vec![text(language, Words::TEST_MONEY)]);
    }
    rows.extend([
        Row::new(),
        head(&Words::SUMS),
        sum(Words::PAYMENTS, sums.payments),
        sum(Words::REFUNDS, sums.refunds),
        sum(Words::DONATIONS, sums.donations),
        vec![text(language, Words::GIVEN_BACK), Cell::Empty, money(sums.given_back)],
        sum(Words::NET, sums.net),
        sum(Words::CERTIFICATES, sums.certificates),
        vec![text(language, Words::MISMATCHED), count(sums.mismatched)],
        Row::new(),
        head(&Words::LINES),
    ]);
    rows.extend(proof.lines.iter().map(|found| {
        let says = Cell::text(line(found.kind, language));
        let said = Cell::text(verdict(found.verdict, language));
        vec![says, money(found.left), money(found.right), count(found.disagreeing), said]
    }));
    rows.extend([Row::new(), head(&Words::DAYS)]);
    rows.extend(proof.days.iter().map(|day| day_row(day, language)));
    rows
}

fn day_row(day: &ProvedDay, language: Language) -> Row {
    let net = |paid: Tenge, back: Tenge| money(paid.saturating_sub(back));
    vec![
        Cell::text(day.day.to_string()),
        net(day.ours.paid_amount, day.ours.refunded_amount),
        net(day.gateway.paid_amount, day.gateway.refunded_amount),
        count(day.open),
        Cell::text(verdict(day.verdict(), language)),
    ]
}

fn difference_row(open: &OpenDifference, language: Language) -> Row {
    let found = &open.difference;
    vec![
        Cell::text(open.day.to_string()),
        Cell::text(found.kind.word()),
        Cell::optional(found.donation.map(|donation| donation.to_string())),
        Cell::text(found.order.as_str()),
        Cell::optional(found.refund.as_ref().map(|refund| refund.as_str())),
        Cell::optional(found.ours.as_deref()),
        Cell::optional(found.gateway.as_deref()),
        Cell::text(meaning(found.kind, language)),
        Cell::optional(found.remedy().map(|remedy| remedy_text(remedy, language))),
    ]
}

fn disagreement_row(found: &Disagreement, language: Language) -> Row {
    vec![
        Cell::text(line(found.line, language)),
        Cell::text(found.line.word()),
        Cell::text(found.donation.to_string()),
        Cell::Empty,
        Cell::Empty,
        money(found.left),
        money(found.right),
    ]
}

fn text(language: Language, texts: Text) -> Cell {
    Cell::text(pick(language, texts))
}

fn count(number: u64) -> Cell {
    Cell::Number(i64::try_from(number).unwrap_or(i64::MAX))
}

fn money(amount: Tenge) -> Cell {
    Cell::Number(amount.get())
}

fn at(instant: Instant) -> Cell {
    Cell::Time(local_time(instant))
}
