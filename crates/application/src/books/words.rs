//! What the books say to people, in Kazakh, Russian and English.

use domain::Language;
use domain::reconciliation::{DifferenceKind, Remedy};

/// A text in Kazakh, Russian and English.
pub(super) type Text = [&'static str; 3];

pub(super) const YES: Text = ["иә", "да", "yes"];
pub(super) const NO: Text = ["жоқ", "нет", "no"];
pub(super) const TEST_MONEY_HEADING: Text = ["Сынақ режимі", "Тестовый режим", "Test mode"];

pub(super) const fn pick(language: Language, [kk, ru, en]: Text) -> &'static str {
    match language {
        Language::Kk => kk,
        Language::Ru => ru,
        Language::En => en,
    }
}

/// What a kind of difference means.
pub const fn meaning(kind: DifferenceKind, language: Language) -> &'static str {
    pick(
        language,
        match kind {
            DifferenceKind::MissingHere => [
                "Ioka-да біздің атаумен тапсырыс бар, ал бізде ондай қайырымдылық немесе әрекет жоқ.",
                "У Ioka есть заказ с нашим именем, а у нас нет такого пожертвования или такой попытки.",
                "Ioka has an order under a name of ours, and we have no such donation, or not this attempt of it.",
            ],
            DifferenceKind::MissingThere => [
                "Бізде тапсырыс бар, ал Ioka оны білмейді.",
                "У нас есть заказ, о котором Ioka ничего не знает.",
                "We hold an order of which Ioka knows nothing.",
            ],
            DifferenceKind::PaidThereOnly => {
                ["Ioka-да төленген, бізде төленбеген.", "У Ioka оплачено, у нас нет.", "Paid at Ioka, and not here."]
            }
            DifferenceKind::PaidHereOnly => {
                ["Бізде төленген, Ioka-да төленбеген.", "У нас оплачено, у Ioka нет.", "Paid here, and not at Ioka."]
            }
            DifferenceKind::AmountDiffers => [
                "Тапсырыс немесе алынған сома қайырымдылықтың сомасынан өзгеше.",
                "Заказ сделан или деньги сняты на другую сумму, чем пожертвование.",
                "The order was made, or money was taken, for another amount than the donation's.",
            ],
            DifferenceKind::RefundMissingHere => [
                "Ioka-да біз білмейтін қайтарым бар (мысалы, олардың кабинетінде жасалған).",
                "У Ioka есть возврат, о котором мы не знаем (например, сделанный в их кабинете).",
                "Ioka has a refund that we do not know of (made in its panel, perhaps).",
            ],
            DifferenceKind::RefundMissingThere => [
                "Бізде қайтарым бар, ал Ioka оны білмейді.",
                "У нас есть возврат, о котором Ioka ничего не знает.",
                "We hold a refund of which Ioka knows nothing.",
            ],
            DifferenceKind::RefundAmountDiffers => [
                "Қайтарымның сомасы Ioka-да және бізде әртүрлі.",
                "Сумма возврата у Ioka и у нас разная.",
                "The refund is of another amount at Ioka than here.",
            ],
            DifferenceKind::RefundStatusDiffers => [
                "Қайтарымның күйі Ioka-да және бізде әртүрлі.",
                "Состояние возврата у Ioka и у нас разное.",
                "The refund stands elsewhere at Ioka than here.",
            ],
        },
    )
}

/// What to do about a difference.
pub const fn remedy_text(remedy: Remedy, language: Language) -> &'static str {
    pick(
        language,
        match remedy {
            Remedy::Sync(_) => [
                "Бұл қайырымдылық туралы Ioka-дан қайта сұраңыз.",
                "Спросите Ioka об этом пожертвовании ещё раз.",
                "Ask Ioka about this donation again.",
            ],
            Remedy::Resolve(..) => [
                "Қайырымдылықты қарап, тексеруді жабыңыз.",
                "Разберитесь с пожертвованием и закройте проверку.",
                "Look into the donation, and resolve its review.",
            ],
            Remedy::Compare => [
                "Бұл күнді кейінірек қайта салыстырыңыз.",
                "Сверьте этот день ещё раз позже.",
                "Compare the day once more, later.",
            ],
            Remedy::Support => [
                "Ioka қолдау қызметіне жазып, осы идентификаторларды көрсетіңіз.",
                "Напишите в поддержку Ioka и укажите эти идентификаторы.",
                "Write to Ioka's support, and name these ids.",
            ],
        },
    )
}
