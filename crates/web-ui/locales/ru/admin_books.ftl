# Сводка, сверка и выгрузки.
dash-attention = Что ждёт вас
dash-nothing-waits = Вас ничего не ждёт.
dash-show = Показать
dash-more = и ещё { $number }
dash-todo-brake = Новые платежи остановлены.
dash-todo-reviews = Пожертвования, на которые должен взглянуть человек: { $number }.
dash-review-amount-mismatch = сумма расходится
dash-review-paid-twice = оплачено дважды
dash-review-paid-late = оплачено поздно
dash-todo-jobs = Задания, которые сами больше не повторяются: { $number }.
dash-todo-differences = Расхождения с учётом Ioka, которые ничем не улажены: { $number }.
dash-todo-days = Дни последней недели, не сверенные с Ioka: { $number }.
dash-todo-refunds = Возвраты, которые ждут решения больше суток: { $number }.
dash-todo-deliveries = Уведомления за семь дней, не подошедшие ни к одному пожертвованию: { $number }.
dash-today = Сегодня
dash-yesterday = Вчера
dash-month = Этот месяц
dash-month-before-so-far = Прошлый месяц до того же дня
dash-month-before = Прошлый месяц целиком
dash-donations = 
    { $donations-count ->
    [one] { $donations } пожертвование
    [few] { $donations } пожертвования
   *[other] { $donations } пожертвований
}
dash-yesterday-was = Вчера: { $amount }
dash-month-before-was = Прошлый месяц до того же дня: { $amount }
dash-conversion = Оплачено из начатых
dash-conversion-of = { $paid } из { $started }
dash-last-thirty-days = Последние 30 дней
dash-compared = Сравнение
dash-period = Период
dash-net = Собрано
dash-amount = Оплачено вместе с возвращённым
dash-refunded = Возвращено
dash-paid = Оплачено пожертвований
dash-started = Начато
dash-converted = Из них оплачено
dash-trees = Деревья
dash-donors = Жертвователи
dash-one-day = День
dash-one-month = Месяц
dash-as-table = То же таблицей
dash-chart-money = Собрано за последние 30 дней
dash-chart-money-summary = Собрано { $net }, возвращено { $refunded }; оплачено пожертвований: { $donations }.
dash-chart-conversion = От начала до оплаты
dash-chart-conversion-summary = Из { $started } пожертвований, начатых за последние 30 дней, оплачено { $paid }: { $percent } %.
dash-chart-months = Собрано за последние 12 месяцев
dash-chart-months-summary = Собрано { $net }; оплачено пожертвований: { $donations }, жертвователей: { $donors }.
dash-declines = Почему платежи отклонены
dash-declines-text = За последние 30 дней, чем бы ни закончилось пожертвование.
dash-no-declines = За последние 30 дней ни один платёж не отклонён.
dash-reason-not-enough-money = Не хватает денег на карте
dash-reason-limit-exceeded = Превышен лимит карты
dash-reason-card-data = Неверные данные карты
dash-reason-not-confirmed = Не подтверждено плательщиком (3-D Secure)
dash-reason-bank-refused = Отказ банка
dash-reason-technical-fault = Техническая ошибка
dash-reason-payer-cancelled = Плательщик передумал
dash-reason-unknown = Причина неизвестна
