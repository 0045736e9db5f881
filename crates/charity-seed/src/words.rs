//! What people are called, and what they say.

use domain::Language;

/// First names, family names.
pub(crate) const fn names(language: Language) -> (&'static [&'static str], &'static [&'static str]) {
    match language {
        Language::Kk => (&KK_FIRST, &KK_LAST),
        Language::Ru => (&RU_FIRST, &RU_LAST),
        Language::En => (&EN_FIRST, &EN_LAST),
    }
}

const KK_FIRST: [&str; 24] = [
    "Айгүл",
    "Әсел",
    "Нұрлан",
    "Ерлан",
    "Гүлнәр",
    "Данияр",
    "Аружан",
    "Мәдина",
    "Бауыржан",
    "Жанар",
    "Қайрат",
    "Сәуле",
    "Тимур",
    "Динара",
    "Асхат",
    "Ұлжан",
    "Ғалия",
    "Өмірбек",
    "Індира",
    "Қарлығаш",
    "Сырым",
    "Айдос",
    "Томирис",
    "Ербол",
];
const KK_LAST: [&str; 20] = [
    "Сәрсенбаев",
    "Нұрғалиева",
    "Әбдірахманов",
    "Қасымова",
    "Төлегенов",
    "Жұмабаева",
    "Оспанов",
    "Ибраева",
    "Сейітқали",
    "Ермекова",
    "Бекболатов",
    "Қалиева",
    "Мұқанов",
    "Әлімжанова",
    "Есенов",
    "Шаяхметова",
    "Дүйсенов",
    "Рахымжанова",
    "Ахметов",
    "Тілеубаева",
];
const RU_FIRST: [&str; 24] = [
    "Иван",
    "Мария",
    "Алексей",
    "Ольга",
    "Дмитрий",
    "Наталья",
    "Сергей",
    "Анна",
    "Андрей",
    "Елена",
    "Михаил",
    "Татьяна",
    "Артём",
    "Светлана",
    "Виктор",
    "Екатерина",
    "Пётр",
    "Юлия",
    "Максим",
    "Ирина",
    "Фёдор",
    "Алина",
    "Кирилл",
    "Дарья",
];
const RU_LAST: [&str; 20] = [
    "Иванов",
    "Ким",
    "Смирнова",
    "Петров",
    "Кузнецова",
    "Цой",
    "Попов",
    "Васильева",
    "Шмидт",
    "Новикова",
    "Морозов",
    "Волкова",
    "Соловьёв",
    "Миллер",
    "Зайцева",
    "Павлов",
    "Семёнова",
    "Голубев",
    "Виноградова",
    "Ли",
];
const EN_FIRST: [&str; 16] = [
    "Emma",
    "James",
    "Olivia",
    "William",
    "Sophia",
    "Thomas",
    "Grace",
    "Daniel",
    "Hannah",
    "Robert",
    "Chloe",
    "Peter",
    "Alice",
    "Oscar",
    "Zoë",
    "François",
];
const EN_LAST: [&str; 16] = [
    "Smith", "O'Neill", "Brown", "Taylor", "Wilson", "Davies", "Evans", "Müller", "Johnson", "Roberts", "Walker",
    "Wright", "Thompson", "White", "Hughes", "García",
];

/// What goes before an address's `@`, spelled as people spell themselves in Latin letters.
pub(crate) const MAILBOXES: [&str; 30] = [
    "aigul", "assel", "nurlan", "erlan", "gulnar", "daniyar", "aruzhan", "madina", "baurzhan", "zhanar", "ivan",
    "maria", "alexey", "olga", "dmitriy", "natalya", "sergey", "anna", "andrey", "elena", "emma", "james", "olivia",
    "william", "sophia", "thomas", "grace", "daniel", "hannah", "robert",
];

/// Domains that nobody has (RFC 2606), and no mail can reach.
pub(crate) const DOMAINS: [(u32, &str); 5] = [
    (50, "mail.example"),
    (25, "post.example.com"),
    (15, "example.org"),
    (8, "school.example.net"),
    (2, "пошта.example"),
];

pub(crate) const fn messages(language: Language) -> &'static [&'static str] {
    match language {
        Language::Kk => &["Рахмет сіздерге!", "Болашақ ұрпақ үшін", "Атамның құрметіне", "Жерімізді жасыл етейік"],
        Language::Ru => &[
            "Спасибо за ваше дело!",
            "В память о бабушке",
            "От всего 7 «Б» класса",
            "Пусть растут большими",
            "На день рождения Алины <3",
        ],
        Language::En => &["Keep it up!", "For our grandchildren", "In memory of Tom & Jerry", "Happy Earth Day"],
    }
}

/// Why operators give money back.
pub(crate) const REASONS: [&str; 6] = [
    "Донор ошибся в сумме",
    "Просьба донора по телефону",
    "Қайырымдылық жасаушының өтініші бойынша",
    "Платёж сделан дважды",
    "Оплатил другой человек",
    "Asked for by the donor",
];

/// What operators write when they have looked.
pub(crate) const NOTES: [&str; 4] =
    ["Позвонили донору, всё верно", "Тексерілді", "Сверено с выпиской банка", "Looked at with the bank's statement"];

/// What the last try of a mail came to that was given up.
pub(crate) const TROUBLES: [&str; 3] = [
    "the mail server refused: 550 mailbox unavailable",
    "the mail server refused: 552 mailbox full",
    "the mail server did not answer in time",
];
