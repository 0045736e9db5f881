# Кампании: список и страница каждой.
campaigns-heading = Вырастим деревья в Казахстане
to-campaigns = Ко всем сборам
steps-heading = Как это происходит
latest-heading = Последние пожертвования
latest-line = Последнее: { $name }, { $amount }
anonymous-donor = Имя не указано

progress-label = Путь к цели
raised = собрано
raised-of-goal = собрано. Цель — { $goal }, { $percent }%
progress-trees = { $trees-count ->
    [one] { $trees } дерево
    [few] { $trees } дерева
   *[many] { $trees } деревьев
}
progress-donors = { $donors-count ->
    [one] { $donors } жертвователь
    [few] { $donors } жертвователя
   *[many] { $donors } жертвователей
}

card-upcoming = Начнётся { $date }
card-closed = Завершён { $date }
campaign-upcoming-heading = Сбор ещё не начался
campaign-upcoming-text = Пожертвования принимаются с { $date }.
campaign-closed-heading = Сбор завершён
campaign-closed-text = Он завершился { $date }. Всего собрано { $raised }. Спасибо всем, кто помог!

message-unknown-campaign-heading = Такого сбора нет
message-unknown-campaign-text = Проверьте ссылку или начните с главной страницы.
message-too-many-heading = Слишком много запросов
message-too-many-text = Подождите минуту и попробуйте ещё раз.
message-busy-heading = Сервер сейчас занят
message-busy-text = Попробуйте ещё раз через несколько секунд. Сделанное пожертвование не потеряется.
