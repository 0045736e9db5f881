# Открытая страница сертификата.
certificate-title = Сертификат { $number }
certificate-state-valid = Действителен
certificate-state-replaced = Заменён
certificate-state-withdrawn = Отозван
certificate-valid-heading = Этот сертификат действителен
certificate-valid-lead = Мы выдали его, пожертвование оплачено, и деньги не возвращались.
certificate-replaced-heading = Вместо него выдан другой сертификат
certificate-replaced-lead = Часть пожертвования была возвращена. Новый сертификат показывает то, что осталось.
certificate-see-next = Посмотреть сертификат
certificate-withdrawn-heading = Этот сертификат отозван
certificate-withdrawn-lead = Пожертвование возвращено полностью, и сертификат больше ничего не подтверждает.
certificate-test = ТЕСТ: это проверка, деньги не поступали.
certificate-signature-matches = ✓ Подпись верна: мы подписали именно то, что вы видите здесь.
certificate-signature-differs = ✗ Подпись не подходит к тому, что записано у нас. Верьте этой странице, а не бумаге.
certificate-signature-forgotten = Жертвователь попросил убрать имя, поэтому сравнить подпись на бумаге уже нельзя.
certificate-says = Что написано в сертификате
certificate-fact-name = Имя
certificate-fact-date = Дата
certificate-part-of-a-tree = вклад в новое дерево
certificate-date = { $day } { $month-count ->
    [1] января
    [2] февраля
    [3] марта
    [4] апреля
    [5] мая
    [6] июня
    [7] июля
    [8] августа
    [9] сентября
    [10] октября
    [11] ноября
   *[12] декабря
} { $year } г.
certificate-how = Сравните это с бумагой, которая у вас в руках. Страница показывает состояние сертификата на эту минуту.
message-unknown-certificate-heading = Такого сертификата нет
message-unknown-certificate-text = Мы не выдавали сертификата с этим номером. Сравните его с бумагой, знак за знаком.
message-certificate-gone-heading = Картинки этого сертификата нет
message-certificate-gone-text = Он больше не действителен. Почему — сказано на его странице.
