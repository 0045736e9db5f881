// The site's texts, and the language that they are shown in. Texts of elements with `data-text` are filled in here.

const LANGUAGES = ["kk", "ru", "en"];

// One row for each text: Kazakh, Russian, English.
const TEXTS = {
  "brand": ["Жасыл қор", "Зелёный фонд", "Green Fund"],
  "nav-home": ["Қайырмалдық", "Пожертвовать", "Donate"],
  "nav-widget": ["Виджет", "Виджет", "Widget"],
  "nav-mine": ["Менің қайырмалдықтарым", "Мои пожертвования", "My donations"],
  "language": ["Тіл", "Язык", "Language"],
  "example": ["Бұл — үлгі сайт.", "Это сайт-пример.", "This is an example site."],
  "no-script": ["JavaScript керек.", "Нужен JavaScript.", "JavaScript is needed."],
  "loading": ["Жүктеліп жатыр…", "Загружаем…", "Loading…"],

  "home-lead": ["Соманы таңдаңыз, ал ағашты біз отырғызамыз.", "Выберите сумму, а деревья посадим мы.", "Choose an amount, and we plant the trees."],
  "choose": ["Қанша бересіз?", "Сколько вы дадите?", "How much will you give?"],
  "campaign": ["Жинау", "Сбор", "Campaign"],
  "amount": ["Сома, ₸", "Сумма, ₸", "Amount, ₸"],
  "makes-trees": ["Ағаш саны: {n}", "Число деревьев: {n}", "Number of trees: {n}"],
  "name": ["Аты-жөніңіз", "Имя", "Name"],
  "email": ["Электрондық пошта", "Электронная почта", "E-mail"],
  "message": ["Тілегіңіз (міндетті емес)", "Пожелание (необязательно)", "Message (optional)"],
  "anonymous": ["Менің атымды көпшілікке көрсетпеу", "Не показывать моё имя публично", "Do not show my name publicly"],
  "to-payment": ["Төлемге өту", "Перейти к оплате", "Continue to payment"],
  "opening": ["Төлем беті ашылып жатыр…", "Открываем страницу оплаты…", "Opening the payment page…"],
  "test-mode": ["Сынақ режимі: ақша алынбайды.", "Тестовый режим: деньги не списываются.", "Test mode: no money is taken."],
  "closed": ["Қазір ашық жинау жоқ.", "Сейчас открытых сборов нет.", "No campaign is open at the moment."],
  "widget-heading": ["Кез келген беттегі виджет", "Виджет на любой странице", "The widget, on any page"],
  "widget-lead": ["Осы форма — сервердің виджеті: бір скрипт пен бір тег.", "Эта форма — виджет сервера: один скрипт и один тег.", "This form is the server's widget: one script and one tag."],

  "whole-number": ["Бүтін сан жазыңыз, мысалы 5000.", "Укажите целое число, например 5000.", "Give a whole number, for example 5000."],
  "check-fields": ["Белгіленген өрістерді тексеріңіз.", "Проверьте отмеченные поля.", "Please check the marked fields."],
  "offline": ["Серверге қосыла алмадық. Байланысты тексеріп, қайталап көріңіз: қайырмалдық екі рет жазылмайды.", "Не получилось связаться с сервером. Проверьте связь и попробуйте ещё раз: пожертвование не удвоится.", "The server could not be reached. Check your connection and try again: your donation will not be doubled."],
  "fault": ["Сервер қазір жауап бере алмады. Сәл кейін қайталап көріңіз: қайырмалдық екі рет жазылмайды.", "Сервер сейчас не смог ответить. Попробуйте ещё раз чуть позже: пожертвование не удвоится.", "The server could not answer just now. Try again in a moment: your donation will not be doubled."],
  "too-often": ["Әрекет тым көп. {n} секундтан кейін қайталап көріңіз.", "Слишком много попыток. Повторите через {n} с.", "Too many attempts. Try again in {n} seconds."],

  "thanks": ["Рақмет!", "Спасибо!", "Thank you!"],
  "completed-lead": ["Қайырмалдығыңызды алдық: {amount}.", "Мы получили ваше пожертвование: {amount}.", "We have received your donation: {amount}."],
  "waiting-heading": ["Банктің жауабын күтудеміз", "Ждём ответа банка", "Waiting for the bank"],
  "waiting-lead": ["Әдетте бұл бірнеше секунд алады. Бет өзі жаңарады.", "Обычно это несколько секунд. Страница обновится сама.", "This usually takes a few seconds. The page updates by itself."],
  "waited-lead": ["Әзірге жауап жоқ. Төлеген болсаңыз, бәрі дұрыс: бетті жапсаңыз да, қайырмалдық есепке алынады.", "Ответа пока нет. Если вы оплатили, всё в порядке: пожертвование зачтётся, даже если закрыть страницу.", "No answer yet. If you have paid, all is well: your donation counts even if you close this page."],
  "unpaid-heading": ["Төлеу ғана қалды", "Осталось оплатить", "Only the payment is left"],
  "unpaid-lead": ["Қайырмалдық жазылды, төлемін күтіп тұр.", "Пожертвование записано и ждёт оплаты.", "Your donation is recorded and waits for its payment."],
  "failed-heading": ["Төлем өтпеді", "Платёж не прошёл", "The payment did not go through"],
  "cancelled-heading": ["Қайырмалдық төленген жоқ", "Пожертвование не оплачено", "The donation was not paid"],
  "cancelled-lead": ["Төлемнен бас тартылды немесе оның мерзімі өтіп кетті. Қайталап көруге болады.", "Оплата отменена, или её срок истёк. Можно попробовать ещё раз.", "The payment was cancelled or ran out of time. You may try again."],
  "partially_refunded-heading": ["Қайырмалдықтың бір бөлігі қайтарылды", "Часть пожертвования возвращена", "A part of the donation was given back"],
  "refunded-heading": ["Қайырмалдық қайтарылды", "Пожертвование возвращено", "The donation was given back"],
  "refunded-lead": ["Қайтарылған сома: {amount}. Ақшаның картаға қашан түсетіні банкке байланысты.", "Возвращено: {amount}. Когда деньги придут на карту, зависит от банка.", "Given back: {amount}. When it reaches the card depends on the bank."],
  "try-again": ["Қайталап көру", "Попробовать ещё раз", "Try again"],
  "look-again": ["Тағы тексеру", "Проверить ещё раз", "Check again"],
  "certificate": ["Сертификатты жүктеу (PDF)", "Скачать сертификат (PDF)", "Download the certificate (PDF)"],
  "certificate-later": ["Сертификат дайындалып жатыр…", "Сертификат готовится…", "The certificate is being made…"],
  "certificate-check": ["Сертификат нөмірі: {number}", "Номер сертификата: {number}", "Certificate number: {number}"],
  "no-donation": ["Қайырмалдық табылмады. Сілтемені тексеріңіз.", "Пожертвование не найдено. Проверьте ссылку.", "The donation was not found. Check the link."],
  "sign-in-to-see": ["Қайырмалдықты тіркелгіңізбен жасаған болсаңыз, кіріңіз: ол тек сізге көрінеді.", "Если вы делали пожертвование со своей учётной записью, войдите: оно видно только вам.", "If you gave with an account, sign in: only you can see the donation."],
  "sum": ["Сома", "Сумма", "Amount"],
  "tree-count": ["Ағаш саны", "Число деревьев", "Trees"],

  "sign-in": ["Кіру", "Войти", "Sign in"],
  "sign-out": ["Шығу", "Выйти", "Sign out"],
  "register": ["Тіркелу", "Зарегистрироваться", "Create an account"],
  "password": ["Құпиясөз", "Пароль", "Password"],
  "password-hint": ["Кемінде 10 таңба.", "Не меньше 10 символов.", "At least 10 characters."],
  "new-password": ["Жаңа құпиясөз", "Новый пароль", "New password"],
  "forgot": ["Құпиясөзді ұмыттыңыз ба?", "Забыли пароль?", "Forgot your password?"],
  "signed-out": ["Сессия аяқталды. Қайта кіріңіз.", "Сеанс закончился. Войдите ещё раз.", "The session has ended. Sign in again."],
  "none-yet": ["Әзірге қайырмалдық жоқ.", "Пожертвований пока нет.", "No donations yet."],
  "more": ["Тағы көрсету", "Показать ещё", "Show more"],
  "give-heading": ["Жаңа қайырмалдық", "Новое пожертвование", "A new donation"],
  "status-pending": ["Төлем күтілуде", "Ждёт оплаты", "Waiting for payment"],
  "status-awaiting_payment": ["Төлем күтілуде", "Ждёт оплаты", "Waiting for payment"],
  "status-failed": ["Төленбеді", "Не оплачено", "Not paid"],
  "status-cancelled": ["Бас тартылды", "Отменено", "Cancelled"],
  "status-completed": ["Төленді", "Оплачено", "Paid"],
  "status-partially_refunded": ["Бір бөлігі қайтарылды", "Часть возвращена", "Refunded in part"],
  "status-refunded": ["Қайтарылды", "Возвращено", "Refunded"],

  "reset-heading": ["Құпиясөзді жаңарту", "Новый пароль", "A new password"],
  "send-link": ["Сілтеме жіберу", "Прислать ссылку", "Send me a link"],
  "link-sent": ["Мұндай тіркелгі болса, сілтемесі бар хат жібердік.", "Если такая учётная запись есть, мы отправили письмо со ссылкой.", "If there is such an account, a mail with a link is on its way."],
  "save": ["Сақтау", "Сохранить", "Save"],
  "password-changed": ["Құпиясөз жаңарды. Енді кіре аласыз.", "Пароль изменён. Теперь можно войти.", "The password has been changed. You can sign in now."],
  "confirm-heading": ["Поштаны растау", "Подтверждение почты", "Confirm your e-mail"],
  "confirm-lead": ["Бұл пошта сіздікі екенін растаңыз.", "Подтвердите, что этот адрес ваш.", "Confirm that this address is yours."],
  "confirm": ["Растау", "Подтвердить", "Confirm"],
  "confirmed": ["Рақмет, пошта расталды.", "Спасибо, адрес подтверждён.", "Thank you, the address is confirmed."],
  "no-token": ["Сілтеме толық көшірілмеген. Хаттағы сілтемені қайта ашыңыз.", "Ссылка скопирована не полностью. Откройте её из письма ещё раз.", "The link was not copied whole. Open it from the mail again."],
  "no-page": ["Мұндай бет жоқ.", "Такой страницы нет.", "There is no such page."],
};

const listeners = [];
let chosen = asked() || kept();
let current = chosen || preferred();
if (chosen) keep(chosen);

/** The language that the address asks for, as links from elsewhere do: `?lang=kk`. */
function asked() {
  return known(new URLSearchParams(location.search).get("lang"));
}

function kept() {
  try {
    return known(localStorage.getItem("language"));
  } catch {
    return null; // Storage may be switched off.
  }
}

function keep(code) {
  try {
    localStorage.setItem("language", code);
  } catch { /* Then it counts for this page only. */ }
}

function known(code) {
  return LANGUAGES.includes(code) ? code : null;
}

function preferred() {
  return navigator.languages.map((tag) => known(tag.slice(0, 2).toLowerCase())).find(Boolean) || "ru";
}

export const languages = LANGUAGES;
export const language = () => current;

/** Shows everything in the language that the donor chose; the page's own scripts are told. */
export function setLanguage(code) {
  chosen = code;
  keep(code);
  show(code);
}

/** Shows everything in this language, for example a donation's own, unless the donor has chosen one. */
export function suggestLanguage(code) {
  if (!chosen && known(code) && code !== current) show(code);
}

function show(code) {
  current = code;
  fill();
  for (const listener of listeners) listener();
}

/** Calls `listener` whenever the donor chooses another language. */
export function onLanguage(listener) {
  listeners.push(listener);
}

/** The text, with `{name}` filled in. */
export function text(key, values = {}) {
  const row = TEXTS[key];
  if (!row) throw new Error(`there is no text ${key}`);
  return row[LANGUAGES.indexOf(current)].replace(/\{(\w+)\}/g, (_, name) => String(values[name]));
}

/** Fills in the texts of the page. */
export function fill() {
  document.documentElement.lang = current;
  for (const element of document.querySelectorAll("[data-text]")) element.textContent = text(element.dataset.text);
  document.title = `${document.querySelector("h1")?.textContent || text("brand")} · ${text("brand")}`;
}
