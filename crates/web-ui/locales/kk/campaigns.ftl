# Науқандар: тізім және әрқайсысының беті.
campaigns-heading = Қазақстанда ағаш өсірейік
to-campaigns = Барлық науқандар
steps-heading = Бұл қалай болады
latest-heading = Соңғы қайырмалдықтар
latest-line = Соңғысы: { $name }, { $amount }
anonymous-donor = Аты айтылмаған жан

progress-label = Мақсатқа жету
raised = жиналды
raised-of-goal = жиналды. Мақсат — { $goal }, { $percent }%
progress-trees = { $trees-count ->
    [one] { $trees } ағаш
   *[other] { $trees } ағаш
}
progress-donors = { $donors-count ->
    [one] { $donors } адам қосылды
   *[other] { $donors } адам қосылды
}

card-upcoming = { $date } күні басталады
card-closed = { $date } күні аяқталды
campaign-upcoming-heading = Науқан әлі басталған жоқ
campaign-upcoming-text = Қайырмалдық { $date } күнінен бастап қабылданады.
campaign-closed-heading = Науқан аяқталды
campaign-closed-text = Ол { $date } күні аяқталды. Барлығы { $raised } жиналды. Көмектескендердің бәріне рақмет!

message-unknown-campaign-heading = Мұндай науқан жоқ
message-unknown-campaign-text = Сілтемені тексеріңіз немесе басты беттен бастаңыз.
message-too-many-heading = Тым жиі сұрап жатырсыз
message-too-many-text = Бір минут күтіп, қайталап көріңіз.
message-busy-heading = Сервер қазір бос емес
message-busy-text = Бірнеше секундтан кейін қайталап көріңіз. Жасаған қайырмалдығыңыз жоғалмайды.
