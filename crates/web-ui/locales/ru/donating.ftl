# Тексты страниц. Набор ключей одинаков во всех языках; это проверяет тест.
brand = Посадим деревья
skip-link = Перейти к содержанию
language-nav = Язык
test-mode = Тестовый режим: деньги не списываются.
footer-text = Каждое пожертвование становится деревьями на земле Казахстана.
footer-secure = Оплата — на защищённой странице платёжного сервиса. Данные карты мы не видим и не храним.

trees = { $trees-count ->
    [one] { $trees } дерево
    [few] { $trees } дерева
   *[other] { $trees } деревьев
}
price = Одно дерево — { $price }
donate-lead = Вы выбираете сумму, мы сажаем деревья и ухаживаем за ними. Весь путь занимает минуту.
step-choose = Выберите сумму
step-pay = Оплатите картой
step-grow = Мы посадим деревья, а вы получите именной сертификат с номером

form-heading = Ваше пожертвование
amount-legend = Сколько деревьев посадить?
own-label = Или укажите сами
amount-label = Сумма, ₸
trees-label = Число деревьев
count-button = Посчитать
amount-hint = Заполните одно: второе получится из него. Выбор выше тогда не считается.
amount-limits = От { $min } до { $max }.
donor-legend = О вас
name-label = Имя
email-label = Электронная почта
email-hint = Нужна, чтобы связаться с вами о пожертвовании. Никому её не передаём.
certificate-name-label = Имя на сертификате
certificate-name-hint = Например, если это подарок. Если оставить пустым — ваше имя.
message-label = Пожелание
message-hint = Пожелание будет видно на сайте рядом с пожертвованием. Не пишите в нём телефон и адрес.
anonymous-label = Не показывать моё имя публично
optional = необязательно
donate-button = Перейти к оплате
donate-note = Откроется защищённая страница оплаты.

error-title = Ошибка: { $title }
error-summary = Проверьте, пожалуйста:
error-amount-required = Выберите сумму или укажите свою.
error-amount-number = Укажите сумму целым числом тенге, например 5000.
error-amount-min = Сумма — не меньше { $min }.
error-amount-max = Сумма — не больше { $max }.
error-trees-number = Укажите целое число деревьев, например 10.
error-trees-disagree = На { $amount } вырастет { $trees-count ->
    [one] { $trees } дерево
    [few] { $trees } дерева
   *[many] { $trees } деревьев
}, а указано другое число. Оставьте что-то одно.
error-name-required = Укажите имя.
error-email-required = Укажите адрес электронной почты.
error-email = Проверьте адрес почты: он должен быть похож на имя@example.com.
error-blank = Оставьте поле пустым или напишите в нём что-нибудь.
error-too-long = Не больше { $max-count ->
    [one] { $max } символа
   *[other] { $max } символов
}.
error-unprintable = На сертификате нельзя напечатать: { $characters } Напишите имя без этих знаков.
error-control-character = Уберите переносы строк и невидимые знаки.

status-pending = Ждёт оплаты
status-awaiting-payment = Ждёт оплаты
status-failed = Не оплачено
status-cancelled = Отменено
status-completed = Оплачено
status-partially-refunded = Часть возвращена
status-refunded = Возвращено
status-review = Проверяется

completed-heading = Спасибо!
completed-trees = { $trees-count ->
    [0] Ваш вклад поможет посадить новые деревья.
    [one] Благодаря вам вырастет { $trees } дерево.
    [few] Благодаря вам вырастут { $trees } дерева.
   *[other] Благодаря вам вырастет { $trees } деревьев.
}
completed-lead = Мы получили ваше пожертвование: { $amount }.
partly-refunded-heading = Часть пожертвования возвращена
partly-refunded-lead = Мы вернули вам { $refunded }. Когда деньги придут на карту, зависит от банка.
partly-refunded-trees = { $trees-count ->
    [0] Остальное поможет посадить новые деревья. Спасибо!
    [one] На остальное вырастет { $trees } дерево. Спасибо!
    [few] На остальное вырастут { $trees } дерева. Спасибо!
   *[other] На остальное вырастет { $trees } деревьев. Спасибо!
}
refunded-heading = Пожертвование возвращено
refunded-lead = Мы вернули всю сумму. Когда деньги придут на карту, зависит от банка.
review-heading = Мы проверяем платёж
review-lead = Пришла не та сумма, на которую было сделано пожертвование. Платить ещё раз не нужно: сотрудник разберётся и свяжется с вами.
failed-heading = Платёж не прошёл
failed-but-paid = Если вы уже оплатили, подождите немного: страница обновится сама.
cancelled-heading = Пожертвование не оплачено
cancelled-lead = Оплата отменена, или её срок истёк. Можно попробовать ещё раз.
waiting-heading = Ждём ответа банка
waiting-lead = Обычно это несколько секунд. Страница обновится сама.
waiting-unpaid = Ещё не оплатили? Вернитесь к оплате.
waited-heading = Ответа пока нет
waited-lead = Иногда банку нужно больше времени. Если вы оплатили, всё в порядке: пожертвование зачтётся, даже если закрыть страницу.
unpaid-heading = Осталось оплатить
unpaid-lead = Пожертвование записано и ждёт оплаты.
gateway-failed = Не получилось открыть страницу оплаты. Попробуйте ещё раз через минуту.
go-to-payment = Перейти к оплате
try-again = Попробовать ещё раз
look-again = Проверить ещё раз
stop-refreshing = Не обновлять страницу автоматически
give-again = Сделать новое пожертвование
details-heading = Подробности

fact-campaign = Сбор
fact-amount = Сумма
fact-date = Дата оплаты
fact-refunded = Возвращено
fact-trees = Деревья
fact-name = Имя на сертификате
certificate-link = Ваш сертификат (PDF)
fact-certificate = Номер сертификата
fact-email = Почта
fact-number = Номер пожертвования

failure-not-enough-money = На карте не хватило денег. Попробуйте другую карту.
failure-limit-exceeded = Превышен лимит по карте. Увеличьте его в приложении банка или попробуйте другую карту.
failure-card-data = Данные карты не приняты. Проверьте номер, срок и код.
failure-not-confirmed = Платёж не подтверждён вовремя. Попробуйте ещё раз и подтвердите его в приложении банка или кодом.
failure-bank-refused = Банк отклонил платёж. Обратитесь в банк или попробуйте другую карту.
failure-technical-fault = У банка или платёжного сервиса произошёл сбой. Попробуйте через несколько минут.
failure-payer-cancelled = Платёж отменён.
failure-unknown = Платёж не прошёл. Попробуйте ещё раз или другой картой.

to-home = На страницу пожертвования
message-no-donation-heading = Пожертвование не найдено
message-no-donation-text = Проверьте ссылку. Если вы делали пожертвование со своей учётной записью, войдите: оно видно только вам.
message-no-page-heading = Такой страницы нет
message-no-page-text = Проверьте адрес или начните со страницы пожертвования.
message-method-heading = Так эту страницу не открыть
message-method-text = Начните, пожалуйста, со страницы пожертвования.
message-too-large-heading = Слишком много текста
message-too-large-text = Форма получилась слишком большой. Сократите пожелание и отправьте её ещё раз.
message-form-heading = Форма не дошла
message-form-text = Не получилось прочитать, что вы отправили. Попробуйте ещё раз.
message-too-often-heading = Немного подождите
message-too-often-text = За короткое время было слишком много попыток. Ничего не потеряно: попробуйте снова через несколько минут.
message-payments-paused-heading = Оплата приостановлена
message-payments-paused-text = Мы ненадолго приостановили новые платежи. Ваше пожертвование сохранено: вернитесь к оплате чуть позже.
to-donation = Вернуться к пожертвованию
message-broken-heading = Что-то сломалось у нас
message-broken-text = Ошибка на нашей стороне, не у вас. Попробуйте через минуту.
message-no-campaign-heading = Сейчас сборов нет
message-no-campaign-text = Загляните, пожалуйста, позже.
