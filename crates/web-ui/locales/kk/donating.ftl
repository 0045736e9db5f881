# Беттердің мәтіндері. Кілттер барлық тілде бірдей; мұны тест тексереді.
brand = Ағаш егейік
skip-link = Мазмұнға өту
language-nav = Тіл
test-mode = Сынақ режимі: ақша алынбайды.
footer-text = Әр қайырмалдық Қазақстан жерінде өсетін ағашқа айналады.
footer-secure = Төлем қызметінің қорғалған бетінде төлейсіз. Картаңыздың деректерін көрмейміз және сақтамаймыз.

# Сан есімнен кейін зат есім жекеше тұрады, сондықтан екі түрі бірдей.
trees = { $trees-count ->
    [one] { $trees } ағаш
   *[other] { $trees } ағаш
}
price = Бір ағаш — { $price }
donate-lead = Соманы сіз таңдайсыз, ағашты біз отырғызып, күтеміз. Бәріне бір минут жетеді.
step-choose = Соманы таңдаңыз
step-pay = Картамен төлеңіз
step-grow = Біз ағаш отырғызамыз, сіз нөмірі бар атаулы сертификат аласыз

form-heading = Сіздің қайырмалдығыңыз
amount-legend = Неше ағаш отырғызайық?
amount-label = Немесе өз сомаңыз, ₸
amount-hint = Өз сомаңызды жазсаңыз, жоғарыдағы таңдау есепке алынбайды.
amount-limits = { $min } – { $max } аралығында.
donor-legend = Өзіңіз туралы
name-label = Аты-жөніңіз
email-label = Электрондық пошта
email-hint = Қайырмалдық туралы хабарласу үшін керек. Оны ешкімге бермейміз.
certificate-name-label = Сертификаттағы есім
certificate-name-hint = Мысалы, бұл сыйлық болса. Бос қалдырсаңыз, өз атыңыз жазылады.
message-label = Тілегіңіз
anonymous-label = Менің атымды көпшілікке көрсетпеу
optional = міндетті емес
donate-button = Төлемге өту
donate-note = Қорғалған төлем беті ашылады.

error-title = Қате: { $title }
error-summary = Тексеріп көріңізші:
error-amount-required = Соманы таңдаңыз немесе өз сомаңызды жазыңыз.
error-amount-number = Соманы бүтін теңгемен жазыңыз, мысалы 5000.
error-amount-min = Сома кемінде { $min } болуы керек.
error-amount-max = Сома { $max } шегінен аспауы керек.
error-name-required = Аты-жөніңізді жазыңыз.
error-email-required = Электрондық пошта мекенжайын жазыңыз.
error-email = Пошта мекенжайын тексеріңіз: ол name@example.com сияқты болуы керек.
error-blank = Өрісті бос қалдырыңыз немесе бірдеңе жазыңыз.
error-too-long = { $max-count ->
    [one] { $max } таңбадан
   *[other] { $max } таңбадан
} аспауы керек.
error-unprintable = Сертификатта басып шығару мүмкін емес: { $characters } Атты осы таңбаларсыз жазыңыз.
error-control-character = Жол ауыстыру мен көрінбейтін таңбаларды алып тастаңыз.

status-pending = Төлем күтілуде
status-awaiting-payment = Төлем күтілуде
status-failed = Төленбеді
status-cancelled = Бас тартылды
status-completed = Төленді
status-partially-refunded = Бір бөлігі қайтарылды
status-refunded = Қайтарылды
status-review = Тексерілуде

completed-heading = Рақмет!
completed-trees = { $trees-count ->
    [0] Сіздің үлесіңіз жаңа ағаш отырғызуға көмектеседі.
    [one] Сіздің арқаңызда { $trees } ағаш өседі.
   *[other] Сіздің арқаңызда { $trees } ағаш өседі.
}
completed-lead = Қайырмалдығыңызды алдық: { $amount }.
partly-refunded-heading = Қайырмалдықтың бір бөлігі қайтарылды
partly-refunded-lead = Сізге { $refunded } қайтардық. Ақшаның картаға қашан түсетіні банкке байланысты.
partly-refunded-trees = { $trees-count ->
    [0] Қалғаны жаңа ағаш отырғызуға көмектеседі. Рақмет!
    [one] Қалғанына { $trees } ағаш өседі. Рақмет!
   *[other] Қалғанына { $trees } ағаш өседі. Рақмет!
}
refunded-heading = Қайырмалдық қайтарылды
refunded-lead = Барлық соманы қайтардық. Ақшаның картаға қашан түсетіні банкке байланысты.
review-heading = Төлемді тексеріп жатырмыз
review-lead = Түскен сома қайырмалдықтың сомасына сәйкес келмейді. Қайта төлеудің қажеті жоқ: қызметкеріміз анықтап, сізге хабарласады.
failed-heading = Төлем өтпеді
failed-but-paid = Төлеп қойған болсаңыз, сәл күтіңіз: бет өзі жаңарады.
cancelled-heading = Қайырмалдық төленген жоқ
cancelled-lead = Төлемнен бас тартылды немесе оның мерзімі өтіп кетті. Қайталап көруге болады.
waiting-heading = Банктің жауабын күтудеміз
waiting-lead = Әдетте бұл бірнеше секунд алады. Бет өзі жаңарады.
waiting-unpaid = Әлі төлеген жоқсыз ба? Төлемге қайта өтіңіз.
waited-heading = Әзірге жауап жоқ
waited-lead = Кейде банкке көбірек уақыт керек. Төлеген болсаңыз, бәрі дұрыс: бетті жапсаңыз да, қайырмалдық есепке алынады.
unpaid-heading = Төлеу ғана қалды
unpaid-lead = Қайырмалдық жазылды, төлемін күтіп тұр.
gateway-failed = Төлем бетін ашу мүмкін болмады. Бір минуттан кейін қайталап көріңіз.
go-to-payment = Төлемге өту
try-again = Қайталап көру
look-again = Тағы тексеру
stop-refreshing = Бетті автоматты түрде жаңартпау
give-again = Жаңа қайырмалдық жасау
details-heading = Толығырақ

fact-campaign = Жинау
fact-amount = Сома
fact-refunded = Қайтарылды
fact-trees = Ағаштар
fact-name = Сертификаттағы есім
certificate-link = Сертификатыңыз (PDF)
fact-certificate = Сертификат нөмірі
fact-email = Пошта
fact-number = Қайырмалдық нөмірі

failure-not-enough-money = Картада ақша жетпеді. Басқа картаны қолданып көріңіз.
failure-limit-exceeded = Карта лимитінен асып кетті. Оны банк қосымшасында көтеріңіз немесе басқа картаны қолданыңыз.
failure-card-data = Карта деректері қабылданбады. Нөмірін, мерзімін және кодын тексеріңіз.
failure-not-confirmed = Төлем уақытында расталмады. Қайталап, банк қосымшасында немесе кодпен растаңыз.
failure-bank-refused = Банк төлемнен бас тартты. Банкке хабарласыңыз немесе басқа картаны қолданыңыз.
failure-technical-fault = Банкте немесе төлем қызметінде ақау болды. Бірнеше минуттан кейін көріңіз.
failure-payer-cancelled = Төлемнен бас тартылды.
failure-unknown = Төлем өтпеді. Қайталап көріңіз немесе басқа картаны қолданыңыз.

to-home = Қайырмалдық бетіне
message-no-donation-heading = Қайырмалдық табылмады
message-no-donation-text = Сілтемені тексеріңіз. Қайырмалдықты өз тіркелгіңізбен жасаған болсаңыз, тіркелгіңізге кіріңіз: ол тек сізге көрінеді.
message-no-page-heading = Мұндай бет жоқ
message-no-page-text = Мекенжайды тексеріңіз немесе қайырмалдық бетінен бастаңыз.
message-method-heading = Бұл бет осылай ашылмайды
message-method-text = Қайырмалдық бетінен бастаңызшы.
message-too-large-heading = Мәтін тым көп
message-too-large-text = Форма тым үлкен болып шықты. Тілегіңізді қысқартып, қайта жіберіңіз.
message-form-heading = Форма жетпеді
message-form-text = Жіберген деректі оқу мүмкін болмады. Қайталап көріңіз.
message-broken-heading = Біздің жақта ақау шықты
message-broken-text = Қате сізден емес, бізден. Бір минуттан кейін қайталап көріңіз.
message-no-campaign-heading = Қазір жинау жоқ
message-no-campaign-text = Кейінірек кіріп көріңізші.
