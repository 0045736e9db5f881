//! A donation as a row of an export.

use domain::books::local_time;
use domain::ports::{Cell, Row, Sheet};
use domain::{Donation, Instant, Language, Tenge};

use super::words::{NO, TEST_MONEY_HEADING, YES, pick};

/// A column: its heading in Kazakh, Russian and English, and its width in characters.
type Column = ([&'static str; 3], u16);

/// The columns, in their order. They are added to at the end alone, for whoever counts them.
const COLUMNS: [Column; 22] = [
    (["Идентификатор", "Идентификатор", "ID"], 37),
    (["Жасалған уақыты (Қазақстан)", "Создано (время Казахстана)", "Created (Kazakhstan's time)"], 20),
    (["Төленген уақыты (Қазақстан)", "Оплачено (время Казахстана)", "Completed (Kazakhstan's time)"], 20),
    (["Күйі", "Состояние", "Status"], 18),
    (["Сомасы", "Сумма", "Amount"], 12),
    (["Қайтарылғаны", "Возвращено", "Refunded"], 12),
    (["Қалғаны", "Осталось", "Net"], 12),
    (["Валюта", "Валюта", "Currency"], 8),
    (["Ағаштар", "Деревья", "Trees"], 9),
    (["Науқан", "Кампания", "Campaign"], 16),
    (["Науқанның атауы", "Название кампании", "Campaign's title"], 30),
    (["Донордың аты", "Имя донора", "Donor's name"], 30),
    (["Электрондық пошта", "Эл. почта", "E-mail"], 30),
    (["Аты жасырын", "Анонимно", "Anonymous"], 10),
    (["Тілі", "Язык", "Language"], 6),
    (["Тапсырыстар", "Заказы", "Orders"], 25),
    (["Төлемдер", "Платежи", "Payments"], 25),
    (["Сертификат", "Сертификат", "Certificate"], 18),
    (["Сертификаттың күйі", "Состояние сертификата", "Certificate's state"], 12),
    (TEST_MONEY_HEADING, 10),
    (["Тексеруді күтеді", "Требует проверки", "To be looked at"], 25),
    (["Тексерілді", "Проверено", "Looked at"], 25),
];

/// The table's head.
pub(super) fn export_sheet(language: Language) -> Sheet {
    Sheet {
        name: pick(language, ["Қайырымдылықтар", "Пожертвования", "Donations"]).to_owned(),
        headings: COLUMNS.iter().map(|(heading, _)| pick(language, *heading).to_owned()).collect(),
        widths: COLUMNS.iter().map(|(_, width)| *width).collect(),
    }
}

/// The donation's cells. Words of the API stay as they are in every language: they are what filters and scripts go by.
pub(super) fn export_row(donation: &Donation, language: Language) -> Row {
    let flag = |set: bool| Cell::text(pick(language, if set { YES } else { NO }));
    let net = if donation.status().was_paid() {
        donation.gift.amount.saturating_sub(donation.refunded())
    } else {
        Tenge::ZERO
    };
    let orders = donation.attempts.iter().filter_map(|attempt| attempt.order_id.as_ref());
    let payments = donation.attempts.iter().filter_map(|attempt| attempt.payment_id());
    let certificate = donation.certificate.as_ref();
    let reviews = |open: bool| {
        let of_them = donation.reviews.iter().filter(move |item| item.is_open() == open);
        listed(of_them.map(|item| item.review.word()))
    };
    vec![
        Cell::text(donation.id.to_string()),
        time(Some(donation.created_at)),
        time(donation.state.completed_at()),
        Cell::text(donation.status().word()),
        Cell::Number(donation.gift.amount.get()),
        Cell::Number(donation.refunded().get()),
        Cell::Number(net.get()),
        Cell::text("KZT"),
        Cell::Number(donation.gift.trees.into()),
        Cell::text(donation.campaign.as_str()),
        Cell::text(donation.campaign_title.as_str()),
        Cell::text(donation.donor.name.as_str()),
        Cell::text(donation.donor.email.as_str()),
        flag(donation.anonymous),
        Cell::text(donation.language.code()),
        listed(orders.map(|order| order.as_str())),
        listed(payments.map(|payment| payment.as_str())),
        Cell::optional(certificate.map(|certificate| certificate.number.as_str())),
        Cell::optional(certificate.map(|certificate| certificate.status.word())),
        flag(donation.test_mode),
        reviews(true),
        reviews(false),
    ]
}

/// By Kazakhstan's clocks.
pub(super) fn time(at: Option<Instant>) -> Cell {
    at.map_or(Cell::Empty, |at| Cell::Time(local_time(at)))
}

fn listed<'a>(texts: impl Iterator<Item = &'a str>) -> Cell {
    let texts: Vec<_> = texts.collect();
    if texts.is_empty() { Cell::Empty } else { Cell::text(texts.join(", ")) }
}
