//! A hundred thousand donations through the real export, in a process of its own, whose memory is measured.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test reports by panicking")]

use std::io::Cursor;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use application::books::{BookError, ExportDonations, Pieces, export_pages};
use calamine::{Reader as _, Xlsx};
use chrono::TimeDelta;
use domain::donation::NewDonation;
use domain::ports::{
    DonationFilter, DonationQuery, DonationScope, DonationStore, FileFormat, MockDonationStore, StoreError,
};
use domain::{
    CampaignSlug, Donation, DonationId, Donor, DonorEmail, DonorName, Gift, Instant, Language, LineText, Tenge,
};
use futures_util::TryStreamExt as _;
use spreadsheets::SpreadsheetFiles;
use uuid::Uuid;

fn donation(place: u32) -> Donation {
    let start: Instant = "2026-11-24T10:00:00Z".parse().unwrap();
    let new = NewDonation {
        id: DonationId(Uuid::from_u128(place.into())),
        donor: Donor {
            account: None,
            name: DonorName::parse(&format!("Әсел Қуанышқызы {place}")).unwrap(),
            email: DonorEmail::parse(&format!("donor-{place}@example.com")).unwrap(),
        },
        gift: Gift { amount: Tenge::new(5_000), trees: 10, price_per_tree: Tenge::new(500) },
        campaign: CampaignSlug::parse("trees").unwrap(),
        campaign_title: LineText::parse("Ағаш отырғызу").unwrap(),
        message: None,
        certificate_name: None,
        anonymous: false,
        language: Language::Kk,
        test_mode: false,
    };
    Donation::new(new, start - TimeDelta::seconds(place.into()))
}

/// A store with so many donations, which it makes as it is asked; and how often it was. It fails when it is asked `fails_at` times.
fn store(donations: u32, fails_at: u32) -> (Arc<dyn DonationStore>, Arc<AtomicU32>) {
    let asked = Arc::new(AtomicU32::new(0));
    let counted = asked.clone();
    let mut store = MockDonationStore::new();
    store.expect_list().returning(move |query: &DonationQuery| {
        if counted.fetch_add(1, Ordering::SeqCst) + 1 >= fails_at {
            return Err(StoreError::Unavailable("gone".to_owned()));
        }
        let first = query.after.map_or(0, |after| u32::try_from(after.id.0.as_u128()).unwrap() + 1);
        Ok((first..donations.min(first + query.limit)).map(donation).collect())
    });
    (Arc::new(store), asked)
}

async fn export(store: Arc<dyn DonationStore>, format: FileFormat) -> Result<Pieces, BookError> {
    let filter = DonationFilter::default();
    let export = ExportDonations { format, scope: DonationScope::All, filter, language: Language::Ru };
    export_pages(store, &SpreadsheetFiles, export).await
}

/// The most memory that this process has ever had, in KiB.
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    line.trim().trim_end_matches(" kB").parse().unwrap()
}

async fn read_away(donations: u32, format: FileFormat) -> u64 {
    let mut pieces = export(store(donations, u32::MAX).0, format).await.unwrap();
    let mut length = 0;
    while let Some(piece) = pieces.try_next().await.unwrap() {
        length += u64::try_from(piece.len()).unwrap();
    }
    length
}

const MANY: u32 = 100_000;

/// One test, so that nothing else is measured with it.
#[tokio::test]
async fn a_hundred_thousand_donations_need_no_more_memory_than_a_few_pages() {
    for format in FileFormat::ALL {
        let small = read_away(2_000, format).await;
        let before = peak();
        let large = read_away(MANY, format).await;
        let grown = peak() - before;
        assert!(large > small * 20, "{format:?}: {small} and {large} bytes");
        assert!(grown < 12 * 1024, "{format:?}: {grown} KiB more for {large} bytes");
    }
    the_store_is_asked_as_the_reader_reads().await;
    every_row_is_in_the_file().await;
    what_fails_in_the_middle_is_no_end().await;
}

async fn the_store_is_asked_as_the_reader_reads() {
    let (store, asked) = store(MANY, u32::MAX);
    let mut pieces = export(store, FileFormat::Csv).await.unwrap();
    let mut read = 0;
    while pieces.try_next().await.unwrap().is_some() {
        let pages = asked.load(Ordering::SeqCst);
        // The first piece is the heading, for which nobody is asked.
        assert!(pages <= read + 1, "{pages} pages for {read} pieces");
        read += 1;
    }
    assert_eq!(asked.load(Ordering::SeqCst), 201, "of 500 donations each, and one to see that there are no more");
}

async fn every_row_is_in_the_file() {
    let (small, _) = store(1_234, u32::MAX);
    let pieces: Vec<Vec<u8>> = export(small.clone(), FileFormat::Csv).await.unwrap().try_collect().await.unwrap();
    let bytes = pieces.concat();
    let mut reader = csv::ReaderBuilder::new().delimiter(b';').from_reader(&*bytes);
    let ids: Vec<String> = reader.records().map(|record| record.unwrap()[0].to_owned()).collect();
    let expected: Vec<String> = (0..1_234_u128).map(|place| Uuid::from_u128(place).to_string()).collect();
    assert_eq!(ids, expected);

    let pieces: Vec<Vec<u8>> = export(small, FileFormat::Xlsx).await.unwrap().try_collect().await.unwrap();
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(pieces.concat())).unwrap();
    let range = book.worksheet_range("Пожертвования").unwrap();
    let ids: Vec<String> = range.rows().skip(1).map(|row| row[0].to_string()).collect();
    assert_eq!(ids, expected);
    assert_eq!(range.get_value((1, 1)).unwrap().to_string(), "46350.625", "15:00 of that day in Kazakhstan");
}

async fn what_fails_in_the_middle_is_no_end() {
    let mut pieces = export(store(MANY, 4).0, FileFormat::Csv).await.unwrap();
    let end = loop {
        match pieces.try_next().await {
            Ok(Some(_)) => {}
            Ok(None) => panic!("half a file looks whole"),
            Err(error) => break error,
        }
    };
    assert_eq!(end, BookError::Store(StoreError::Unavailable("gone".to_owned())));
    assert_eq!(pieces.try_next().await, Ok(None), "nothing comes after an error");
    assert!(export(store(MANY, 4).0, FileFormat::Xlsx).await.is_err(), "a workbook does not begin before it is whole");
    assert!(export(store(MANY, 1).0, FileFormat::Csv).await.is_ok(), "its heading is there");
}
