//! The words of the proof's workbook.

use domain::Language;

use super::ledger::{LineKind, Verdict};
use super::words::{Text, pick};

pub(super) const SHEETS: [Text; 5] = [
    ["Қорытынды", "Итоги", "Totals"],
    ["Төлемдер", "Платежи", "Payments"],
    ["Қайтарымдар", "Возвраты", "Refunds"],
    ["Сертификаттар", "Сертификаты", "Certificates"],
    ["Айырмашылықтар", "Расхождения", "Differences"],
];

const DONATION: Text = ["Қайырымдылық", "Пожертвование", "Donation"];
const ATTEMPT: Text = ["Әрекет", "Попытка", "Attempt"];
const ORDER: Text = ["Тапсырыс", "Заказ", "Order"];
const AMOUNT: Text = ["Сомасы, ₸", "Сумма, ₸", "Amount, ₸"];

pub(super) const PAYMENTS: [Text; 6] = [
    DONATION,
    ATTEMPT,
    ORDER,
    ["Төлем", "Платёж", "Payment"],
    ["Төленген уақыты (Қазақстан)", "Оплачено (время Казахстана)", "Paid (Kazakhstan's time)"],
    AMOUNT,
];

pub(super) const REFUNDS: [Text; 6] = [
    DONATION,
    ATTEMPT,
    ["Қайтарым", "Возврат", "Refund"],
    ["Ioka-дағы қайтарым", "Возврат у Ioka", "Refund at Ioka"],
    ["Уақыты (Қазақстан)", "Время (Казахстан)", "Time (Kazakhstan)"],
    AMOUNT,
];

pub(super) const CERTIFICATES: [Text; 5] = [
    ["Сертификат", "Сертификат", "Certificate"],
    DONATION,
    ["Берілген уақыты (Қазақстан)", "Выдан (время Казахстана)", "Issued (Kazakhstan's time)"],
    ["Ағаштар", "Деревья", "Trees"],
    ["Құны, ₸", "Стоимость, ₸", "Worth, ₸"],
];

pub(super) const DIFFERENCES: [Text; 9] = [
    ["Күні немесе жолы", "День или строка", "Day or line"],
    ["Түрі", "Вид", "Kind"],
    DONATION,
    ORDER,
    ["Қайтарым", "Возврат", "Refund"],
    ["Бізде", "У нас", "Ours"],
    ["Ioka-да / екінші жағы", "У Ioka / другая сторона", "Ioka's / the other side"],
    ["Мағынасы", "Что это значит", "What it means"],
    ["Не істеу керек", "Что сделать", "What to do"],
];

/// The words of the sheet of totals.
pub(super) struct TotalsWords;

impl TotalsWords {
    pub(super) const TITLE: Text = ["Кітаптардың дәлелі", "Подтверждение сверки", "Proof of the books"];
    pub(super) const PERIOD: Text =
        ["Кезең (Қазақстан күндері)", "Период (дни Казахстана)", "Period (days in Kazakhstan)"];
    pub(super) const MADE_AT: Text = ["Жасалған уақыты", "Составлено", "Made"];
    pub(super) const TEST_MONEY: Text = [
        "НАЗАР АУДАРЫҢЫЗ: сынақ режимі, нағыз ақша емес",
        "ВНИМАНИЕ: тестовый режим, это не настоящие деньги",
        "ATTENTION: test mode, this is no real money",
    ];
    pub(super) const SUMS: [Text; 3] = [["Қорытынды", "Итоги", "Totals"], ["Саны", "Количество", "Number"], AMOUNT];
    pub(super) const PAYMENTS: Text = ["Алынған төлемдер", "Полученные платежи", "Payments captured"];
    pub(super) const REFUNDS: Text = ["Олардың қайтарымдары", "Возвраты по ним", "Refunds of them"];
    pub(super) const DONATIONS: Text = ["Төленген қайырымдылықтар", "Оплаченные пожертвования", "Paid donations"];
    pub(super) const GIVEN_BACK: Text =
        ["Қайырымдылықтардан қайтарылғаны", "Возвращено по пожертвованиям", "Given back of donations"];
    pub(super) const NET: Text = ["Қайырымдылықтардың қалғаны", "Осталось по пожертвованиям", "Left of donations"];
    pub(super) const CERTIFICATES: Text = ["Жарамды сертификаттар", "Действующие сертификаты", "Valid certificates"];
    pub(super) const MISMATCHED: Text =
        ["Басқа сомадағы төлемдер", "Платежи на другую сумму", "Payments of other amounts"];
    pub(super) const LINES: [Text; 5] = [
        ["Теңдік", "Равенство", "Equation"],
        ["Сол жағы, ₸", "Слева, ₸", "Left side, ₸"],
        ["Оң жағы, ₸", "Справа, ₸", "Right side, ₸"],
        ["Келіспейтіндері", "Не сходится", "Disagreeing"],
        ["Қорытынды", "Вывод", "Verdict"],
    ];
    pub(super) const DAYS: [Text; 5] = [
        ["Ioka-мен салыстырылған күндер", "Дни, сверенные с Ioka", "Days against Ioka"],
        ["Бізде, ₸", "У нас, ₸", "Ours, ₸"],
        ["Ioka-да, ₸", "У Ioka, ₸", "Ioka's, ₸"],
        ["Ашық айырмашылықтар", "Открытые расхождения", "Open differences"],
        ["Қорытынды", "Вывод", "Verdict"],
    ];
    pub(super) const LEFT_OUT: Text = ["Тізімге сыймағаны", "Не поместилось в список", "More that are not listed"];
}

pub(super) const fn verdict(verdict: Verdict, language: Language) -> &'static str {
    pick(
        language,
        match verdict {
            Verdict::Agrees => ["келіседі", "сходится", "agrees"],
            Verdict::DoesNotAgree => ["КЕЛІСПЕЙДІ", "НЕ СХОДИТСЯ", "DOES NOT AGREE"],
            Verdict::NotCompared => ["салыстырылмаған", "не сверено", "not compared"],
        },
    )
}

pub(super) const fn line(kind: LineKind, language: Language) -> &'static str {
    pick(
        language,
        match kind {
            LineKind::PaymentsDonations => [
                "Төлемдер − қайтарымдар = қайырымдылықтардың қалғаны",
                "Платежи − возвраты = остаток пожертвований",
                "Payments − refunds = what is left of donations",
            ],
            LineKind::Refunds => [
                "Төлемдердің қайтарымдары = қайырымдылықтардан қайтарылғаны",
                "Возвраты платежей = возвращено по пожертвованиям",
                "Refunds of payments = given back of donations",
            ],
            LineKind::DonationsCertificates => [
                "Қайырымдылықтардың қалғаны = жарамды сертификаттардың құны",
                "Остаток пожертвований = стоимость действующих сертификатов",
                "What is left of donations = worth of valid certificates",
            ],
            LineKind::PaymentsCertificates => [
                "Төлемдер − қайтарымдар = жарамды сертификаттардың құны",
                "Платежи − возвраты = стоимость действующих сертификатов",
                "Payments − refunds = worth of valid certificates",
            ],
            LineKind::NothingSuperfluous => [
                "Артық (екінші рет төленген) ақша ұсталмайды",
                "Лишних (уплаченных второй раз) денег не удерживается",
                "No money is held that was paid a second time",
            ],
            LineKind::NothingMismatched => [
                "Басқа сомадағы төлемдер жоқ",
                "Нет платежей на другую сумму",
                "There are no payments of other amounts",
            ],
            LineKind::Gateway => [
                "Біздің тапсырыстар = Ioka-ның тапсырыстары (тапсырыс күні бойынша)",
                "Наши заказы = заказы Ioka (по дню заказа)",
                "Our orders = Ioka's orders (by the day of the order)",
            ],
        },
    )
}
