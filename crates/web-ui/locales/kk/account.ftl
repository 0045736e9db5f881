# Тіркелгісіне кіретін адамдарға арналған мәтіндер.
account-nav = Тіркелгіңіз
sign-in-link = Кіру
my-donations-link = Қайырмалдықтарым
sign-out-button = Шығу
giving-as = Қайырмалдық жасаушы: { $name }, { $email }.

message-foreign-form-heading = Бұл форма біздің беттен келген жоқ
message-foreign-form-text = Басқа сайт сіздің атыңыздан форма жіберуге тырысты. Ештеңе өзгерген жоқ. Бұл сіз болсаңыз, бетті осы жерден ашып, қайта жіберіңіз.
message-stale-form-heading = Бет ескіріп қалды
message-stale-form-text = Бет ашылғаннан бері тіркелгіге кірдіңіз немесе шықтыңыз, сондықтан ештеңе жіберілген жоқ. Бетті қайта ашып, әрекетті қайталаңыз.
message-no-certificate-heading = Сертификат жоқ
message-no-certificate-text = Ол қайырмалдық төленген бойда дайындалады, ал ақша толық қайтарылса, күшін жояды.
message-mail-on-its-way-heading = Поштаңызды қараңыз
message-mail-on-its-way-text = Бұл мекенжаймен тіркелгі болса, жаңа құпиясөз таңдайтын сілтемені жібердік. Ол бір сағат жарамды.
message-account-deleted-heading = Тіркелгіңіз жойылды
message-account-deleted-text = Атыңыз бен мекенжайыңыз тіркелгіден де, оның қайырмалдықтарынан да өшірілді. Әр ағаш үшін рақмет.

password-label = Құпиясөз
new-password-label = Жаңа құпиясөз
password-hint = Кемінде 10 таңба. Қатар тұрған бірнеше сөзді есте сақтау оңай, табу қиын.
error-password-required = Құпиясөзді жазыңыз.
error-password-short = Кемінде { $min-count ->
    [one] { $min } таңба
   *[other] { $min } таңба
} болуы керек.

page-sign-in-heading = Кіру
page-sign-in-lead = Мұнда қайырмалдықтарыңыз бен сертификаттарыңыз тұр.
page-sign-in-button = Кіру
sign-in-wrong = Мекенжай немесе құпиясөз қате.
to-sign-in = Тіркелгім бар: кіру
to-sign-up = Тіркелгіңіз жоқ па? Тіркеліңіз
to-forgot-password = Құпиясөзді ұмыттыңыз ба?
page-sign-up-heading = Тіркелу
page-sign-up-lead = Қайырмалдықтарыңыз бен сертификаттарыңыз бір жерде тұрады, келесі жолы аз толтырасыз.
page-sign-up-button = Тіркелу
sign-up-taken = Бұл мекенжаймен тіркелгі бар. Кіріңіз немесе жаңа құпиясөз таңдаңыз.
page-forgot-password-heading = Жаңа құпиясөз
page-forgot-password-lead = Мекенжайыңызды жазыңыз, біз сілтеме жібереміз.
page-forgot-password-button = Сілтеме жіберу
page-reset-password-heading = Жаңа құпиясөз таңдаңыз
page-reset-password-lead = Барлық құрылғыда тіркелгіден шығасыз да, жаңа құпиясөзбен кіресіз.
page-reset-password-button = Құпиясөзді сақтау
page-confirm-email-heading = Мекенжайыңызды растаңыз
page-confirm-email-lead = Сонда осы мекенжаймен тіркелгіге кірмей жасаған қайырмалдықтарыңыз да тізіміңізге қосылады.
page-confirm-email-button = Растау
to-another-link = Басқа сілтеме жіберу
link-over-reset = Бұл сілтеме пайдаланылған немесе ескірген. Басқасын сұраңыз.
link-over-confirm = Бұл сілтеме пайдаланылған немесе ескірген. Мекенжай әлі расталмаса, тіркелгі бетінен басқасын жіберуге болады.
notice-password = Құпиясөз өзгертілді. Жаңасымен кіріңіз.
notice-confirmed = Мекенжайыңыз расталды.
notice-confirmed-sign-in = Мекенжайыңыз расталды. Қайырмалдықтарыңызды көру үшін кіріңіз.
notice-everywhere = Барлық құрылғыда тіркелгіден шықтыңыз.
notice-mail = Хат жіберіліп жатыр. Бірнеше минутта келмесе, «Спам» қалтасын қараңыз.

mine-heading = Қайырмалдықтарым
mine-none = Әзірге қайырмалдық жасаған жоқсыз.
mine-unconfirmed = Сізге хат жібердік: сол арқылы мекенжайыңызды растасаңыз, онымен тіркелгіге кірмей жасаған қайырмалдықтарыңыз осы тізімге қосылады.
mine-certificate = Сертификат (PDF)
mine-pages = Тізім беттері
mine-newest = Жаңалары
mine-older = Ертеректегілері
mine-account = Тіркелгі баптаулары

account-heading = Тіркелгіңіз
account-email-state = Растау
account-confirmed = Расталған
account-unconfirmed = Әлі расталмаған
account-why-confirm = Біздің хаттағы сілтемені ашыңыз. Мекенжай расталғанда, онымен тіркелгіге кірмей жасаған қайырмалдықтарыңыз тізіміңізге қосылады.
account-confirm-again = Хатты қайта жіберу
everywhere-heading = Барлық құрылғыда шығу
everywhere-text = Бөтен компьютерден кірген болсаңыз немесе телефоныңызды жоғалтсаңыз: әр құрылғыда, осында да, тіркелгіден шығасыз.
everywhere-button = Барлық жерде шығу
account-delete-heading = Тіркелгіні жою
account-delete-text = Атыңыз бен мекенжайыңыз тіркелгіден, қайырмалдықтардан және сертификаттардан өшіріледі. Қайырмалдықтардың өзі есепте оларсыз қалады. Мұны қайтаруға болмайды.
account-delete-button = Тіркелгіні жою
account-delete-wrong = Бұл сіздің құпиясөзіңіз емес. Ештеңе жойылған жоқ.
