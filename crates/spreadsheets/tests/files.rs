//! Files as somebody else reads them.
#![expect(clippy::unwrap_used, reason = "a test reports by panicking")]

use std::io::Cursor;

use calamine::{Data, Reader as _, Xlsx};
use chrono::NaiveDate;
use domain::ports::{Cell, FileFormat, Row, Sheet, SpreadsheetFile, Spreadsheets as _};
use spreadsheets::SpreadsheetFiles;

fn sheet(name: &str, headings: &[&str]) -> Sheet {
    Sheet {
        name: name.to_owned(),
        headings: headings.iter().map(|heading| (*heading).to_owned()).collect(),
        widths: vec![10; headings.len()],
    }
}

async fn whole(mut file: Box<dyn SpreadsheetFile>) -> Vec<u8> {
    file.end().await.unwrap();
    let mut bytes = Vec::new();
    while let Some(piece) = file.next_piece().await.unwrap() {
        bytes.extend(piece);
    }
    assert_eq!(file.next_piece().await.unwrap(), None);
    bytes
}

fn rows() -> Vec<Row> {
    let noon = NaiveDate::from_ymd_opt(2026, 11, 24).unwrap().and_hms_opt(12, 30, 5).unwrap();
    vec![
        vec![Cell::text("Әсел «Ұлан» Қуанышқызы; \"Ко\""), Cell::Number(5_000), Cell::Time(noon)],
        vec![Cell::text("=HYPERLINK(\"http://evil\")"), Cell::Number(-3), Cell::Empty],
        vec![Cell::text("две\r\nстроки"), Cell::Number(9_007_199_254_740_992), Cell::text("\t@x")],
    ]
}

#[tokio::test]
async fn a_csv_file_is_what_a_parser_of_rfc_4180_reads() {
    let files = SpreadsheetFiles;
    let mut file = files.begin(FileFormat::Csv, vec![sheet("never seen", &["Имя", "Сумма, ₸"])]).await.unwrap();
    let first = file.next_piece().await.unwrap().unwrap();
    assert_eq!(first, "\u{feff}Имя;Сумма, ₸\r\n".as_bytes(), "what is written goes out at once");
    assert_eq!(file.next_piece().await.unwrap(), None);
    file.write(0, rows()).await.unwrap();
    let bytes = whole(file).await;
    let text = String::from_utf8(bytes.clone()).unwrap();
    assert!(text.starts_with("\"Әсел «Ұлан» Қуанышқызы; \"\"Ко\"\"\";5000;2026-11-24 12:30:05\r\n"), "{text}");
    assert!(text.ends_with("\r\n"));
    let mut reader = csv::ReaderBuilder::new().delimiter(b';').has_headers(false).flexible(true).from_reader(&*bytes);
    let read: Vec<Vec<String>> =
        reader.records().map(|record| record.unwrap().iter().map(str::to_owned).collect()).collect();
    let expected = [
        ["Әсел «Ұлан» Қуанышқызы; \"Ко\"", "5000", "2026-11-24 12:30:05"],
        ["'=HYPERLINK(\"http://evil\")", "-3", ""],
        ["две\r\nстроки", "9007199254740992", "'\t@x"],
    ];
    assert_eq!(read, expected);
}

#[tokio::test]
async fn a_workbook_is_what_another_reader_reads() {
    let files = SpreadsheetFiles;
    let sheets = vec![sheet("Итоги", &[]), sheet("Төлемдер", &["Имя", "Сумма", "Время"])];
    let mut file = files.begin(FileFormat::Xlsx, sheets).await.unwrap();
    file.write(1, rows()).await.unwrap();
    assert_eq!(file.next_piece().await.unwrap(), None, "it goes out when it is whole");
    file.write(0, vec![vec![Cell::text("last")]]).await.unwrap();
    file.write(1, vec![vec![Cell::text("more")]]).await.unwrap();
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(whole(file).await)).unwrap();
    assert_eq!(book.sheet_names(), ["Итоги", "Төлемдер"]);
    assert_eq!(book.worksheet_range("Итоги").unwrap().get_value((0, 0)), Some(&Data::String("last".to_owned())));
    let range = book.worksheet_range("Төлемдер").unwrap();
    let text = |row, column| match range.get_value((row, column)) {
        Some(Data::String(text)) => text.clone(),
        other => panic!("a text, not {other:?}"),
    };
    assert_eq!(
        (range.height(), text(0, 1), text(1, 0)),
        (5, "Сумма".to_owned(), "Әсел «Ұлан» Қуанышқызы; \"Ко\"".to_owned())
    );
    assert_eq!((text(2, 0), text(3, 2)), ("'=HYPERLINK(\"http://evil\")".to_owned(), "'\t@x".to_owned()));
    assert_eq!(text(4, 0), "more");
    assert_eq!(range.get_value((1, 1)), Some(&Data::Float(5_000.0)));
    let Some(Data::DateTime(time)) = range.get_value((1, 2)) else { panic!("a time") };
    assert_eq!(time.as_datetime().unwrap().to_string(), "2026-11-24 12:30:05");
    let formulas = book.worksheet_formula("Төлемдер").unwrap();
    assert!(formulas.cells().all(|(_, _, formula)| formula.is_empty()), "no cell is a formula");
}

#[tokio::test]
async fn what_no_sheet_is_there_for_is_refused() {
    let files = SpreadsheetFiles;
    assert!(files.begin(FileFormat::Csv, vec![sheet("a", &[]), sheet("b", &[])]).await.is_err());
    for format in FileFormat::ALL {
        let mut file = files.begin(format, vec![sheet("a", &[])]).await.unwrap();
        assert!(file.write(1, rows()).await.is_err(), "{format:?}");
    }
    let mut closed = files.begin(FileFormat::Xlsx, vec![sheet("a", &[])]).await.unwrap();
    closed.end().await.unwrap();
    assert!(closed.write(0, rows()).await.is_err());
}
