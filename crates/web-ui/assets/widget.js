/* <donate-widget campaign="trees" lang="kk">: takes a donation on any page, over the REST API of the server that this file
   comes from. No dependency, cookie, inline style or request to anybody else. How to use it: docs/frontend.md. */
(() => {
"use strict";
// Where styles cannot be constructed the element stays as it was written, with what is inside it.
if (!("adoptedStyleSheets" in Document.prototype) || customElements.get("donate-widget")) return;

const script = document.currentScript || [...document.scripts].find((known) => /\/widget\.js(\?|$)/.test(known.src));
const HOME = script && script.src ? new URL(".", script.src).href : location.origin;
const LANGUAGES = ["kk", "ru", "en"];

/* One row for each text: Kazakh, Russian, English. */
const TEXTS = {
  loading: ["Жүктеліп жатыр…", "Загружаем…", "Loading…"],
  raised: ["{raised} жиналды", "Собрано {raised}", "{raised} raised"],
  goal: ["(мақсат — {goal})", "из {goal}", "of {goal}"],
  donors: ["Қолдағандар: {n}", "Поддержали: {n}", "Supporters: {n}"],
  choose: ["Неше ағаш отырғызайық?", "Сколько деревьев посадить?", "How many trees shall we plant?"],
  amount: ["Сома, ₸", "Сумма, ₸", "Amount, ₸"],
  trees: ["Ағаш саны", "Число деревьев", "Number of trees"],
  price: ["Бір ағаш — {price}", "Одно дерево — {price}", "One tree costs {price}"],
  donor_name: ["Аты-жөніңіз", "Имя", "Name"],
  donor_email: ["Электрондық пошта", "Электронная почта", "E-mail"],
  hint: ["Сертификат осы мекенжайға келеді.", "На этот адрес придёт сертификат.", "The certificate is sent to this address."],
  message: ["Тілегіңіз", "Пожелание", "Message"],
  optional: ["міндетті емес", "необязательно", "optional"],
  anonymous: ["Менің атымды көпшілікке көрсетпеу", "Не показывать моё имя публично", "Do not show my name publicly"],
  submit: ["Төлемге өту", "Перейти к оплате", "Continue to payment"],
  note: ["Қорғалған төлем беті ашылады.", "Откроется защищённая страница оплаты.", "A secure payment page will open."],
  test: ["Сынақ режимі: ақша алынбайды.", "Тестовый режим: деньги не списываются.", "Test mode: no money is taken."],
  recording: ["Қайырмалдық жазылып жатыр…", "Записываем пожертвование…", "Recording your donation…"],
  opening: ["Төлем беті ашылып жатыр…", "Открываем страницу оплаты…", "Opening the payment page…"],
  check: ["Белгіленген өрістерді тексеріңіз.", "Проверьте отмеченные поля.", "Please check the marked fields."],
  required: ["Бұл өрісті толтырыңыз.", "Заполните это поле.", "Please fill this in."],
  whole: ["Бүтін сан жазыңыз, мысалы 5000.", "Укажите целое число, например 5000.", "Give a whole number, for example 5000."],
  least: ["Сома кемінде {min} болуы керек.", "Сумма — не меньше {min}.", "The amount must be at least {min}."],
  most: ["Сома {max} шегінен аспауы керек.", "Сумма — не больше {max}.", "The amount must be at most {max}."],
  address: ["name@example.com сияқты мекенжай жазыңыз.", "Укажите адрес вида name@example.com.", "Give an address such as name@example.com."],
  offline: ["Серверге қосыла алмадық. Байланысты тексеріңіз.", "Не получилось связаться с сервером. Проверьте связь.", "The server could not be reached. Check your connection."],
  fault: ["Сервер қазір жауап бере алмады.", "Сервер сейчас не смог ответить.", "The server could not answer just now."],
  again: ["Қайталап көріңіз: қайырмалдық екі рет жазылмайды.", "Попробуйте ещё раз: пожертвование не удвоится.", "Try again: your donation will not be doubled."],
  gateway: ["Төлем беті ашылмады, ақша алынған жоқ.", "Страница оплаты не открылась, деньги не списаны.", "The payment page did not open; nothing was charged."],
  often: ["Әрекет тым көп. {n} секундтан кейін қайталап көріңіз.", "Слишком много попыток. Повторите через {n} с.", "Too many attempts. Try again in {n} seconds."],
  paid: ["Бұл қайырмалдық төленіп қойған. Рақмет!", "Это пожертвование уже оплачено. Спасибо!", "This donation has been paid already. Thank you!"],
  retry: ["Қайталап көру", "Попробовать ещё раз", "Try again"],
  closed: ["Жинау аяқталды. Рақмет!", "Сбор завершён. Спасибо!", "This campaign has ended. Thank you!"],
  upcoming: ["Жинау басталатын күн: {date}.", "Сбор начнётся: {date}.", "This campaign starts on {date}."],
  unknown: ["Мұндай жинау жоқ.", "Такого сбора нет.", "There is no such campaign."],
};
const TREES = {
  kk: { other: "ағаш" },
  ru: { one: "дерево", few: "дерева", many: "деревьев", other: "дерева" },
  en: { one: "tree", other: "trees" },
};

/* What a page may set, and what it is otherwise: by day, by night. */
const COLOURS = {
  accent: ["#1c6b41", "#7fd3a0"], "on-accent": ["#fff", "#0c2416"], pale: ["#e4f0dc", "#1f3a2b"], background: ["#fffefa", "#16211b"],
  field: ["#fff", "#0f1713"], text: ["#1d2b22", "#eef3ec"], quiet: ["#55645a", "#a9b8ad"], line: ["#d9dccb", "#34463b"],
  border: ["#7d8b7f", "#6f8577"], error: ["#a3301c", "#ff9d87"],
};
const colours = (night) => Object.keys(COLOURS).map((name) => `--w-${name}: var(--donate-${name}, ${COLOURS[name][night]});`).join("");
const NIGHT = `{ ${colours(1)} color-scheme: dark; }`;
const STYLE = new CSSStyleSheet();
STYLE.replaceSync(`
:host { display: block; container-type: inline-size; max-width: var(--donate-max-width, 30rem); ${colours(0)} color-scheme: light;
  --r: var(--donate-radius, 14px); font: var(--donate-font, 1rem/1.5 system-ui, Roboto, "Noto Sans", sans-serif); }
:host([theme="dark"]) ${NIGHT}
@media (prefers-color-scheme: dark) { :host([theme="auto"]) ${NIGHT} }
:host([hidden]), [hidden] { display: none !important; }
* { box-sizing: border-box; margin: 0; }
.card, form { display: grid; gap: 1rem; }
.card { padding: 1.25rem; border: 1px solid var(--w-line); border-radius: calc(var(--r) + 4px); background: var(--w-background); color: var(--w-text); overflow-wrap: break-word; }
.title { font-size: 1.375em; line-height: 1.2; }
.bar { height: .6rem; margin: .4rem 0; border-radius: 1rem; background: var(--w-line); overflow: hidden; }
.progress-bar { height: 100%; border-radius: inherit; background: var(--w-accent); }
.hint { color: var(--w-quiet); font-size: .9375em; font-weight: 400; }
.test { padding: .4rem .8rem; border-radius: var(--r); background: #f6c667; color: #33260a; font-weight: 600; text-align: center; }
fieldset { min-width: 0; padding: 0; border: 0; }
legend { padding: 0; margin-bottom: .6rem; font-weight: 700; }
.presets { display: flex; flex-wrap: wrap; gap: .6rem; }
.choice { position: relative; flex: 1 1 7.5rem; }
.choice input { position: absolute; inset: 0; width: 100%; height: 100%; opacity: 0; cursor: pointer; }
.preset { display: grid; padding: .6rem .8rem; border: 1.5px solid var(--w-border); border-radius: var(--r); background: var(--w-field); line-height: 1.3; }
input:checked + .preset { border-color: var(--w-accent); background: var(--w-pale); box-shadow: inset 0 0 0 1.5px var(--w-accent); }
.pair { display: grid; gap: .8rem; grid-template-columns: 1fr 1fr; margin: .9rem 0 .3rem; }
.label { font-weight: 600; }
.input { display: block; width: 100%; min-height: 48px; margin: .3rem 0; padding: .6rem .8rem; border: 1.5px solid var(--w-border); border-radius: var(--r); background: var(--w-field); color: inherit; font: inherit; }
textarea { resize: vertical; }
[aria-invalid] { border: 2px solid var(--w-error); }
.error, .wrong { color: var(--w-error); font-weight: 600; }
.check { display: grid; grid-template-columns: 1.5rem 1fr; gap: .7rem; align-items: center; min-height: 44px; }
.check input { width: 1.5rem; height: 1.5rem; accent-color: var(--w-accent); }
.button { width: 100%; min-height: 52px; margin-bottom: .4rem; padding: .7rem 1.5rem; border: 2px solid var(--w-accent); border-radius: 99px; background: var(--w-accent); color: var(--w-on-accent); font: inherit; font-weight: 650; cursor: pointer; }
.button:hover { filter: brightness(.9); }
[aria-disabled] { opacity: .65; cursor: default; }
:focus-visible, :focus-visible + .preset { outline: 3px solid var(--w-accent); outline-offset: 2px; }
.status:empty { display: none; }
@container (min-width: 26rem) { .card { padding: 1.75rem; } }
@media (forced-colors: active) { input:checked + .preset { outline: 3px solid Highlight; } }`);

/** What stopped a call: `status` 0 if no answer came, else the answer's, with the problem in it if it was one. */
const failed = (status, problem, seconds) => Object.assign(new Error("donate-widget"), { status, problem: problem || {}, seconds });
const known = (error) => (error.problem ? error : failed(0));

const pause = (ms) => new Promise((done) => setTimeout(done, ms));
const newKey = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
const grouped = (number) => String(number).replace(/\B(?=(\d{3})+$)/g, "\u00a0");
const money = (amount) => `${grouped(amount)}\u00a0₸`;
const whole = (text) => (/^\d{1,9}$/.test(text = text.replace(/[\s\u00a0]/g, "")) ? Number(text) : null);

async function ask(url, lang, init = {}) {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), 40000);
  try {
    const headers = { "Accept-Language": lang, ...init.headers };
    const answer = await fetch(url, { ...init, headers, mode: "cors", credentials: "omit", cache: "no-store", referrerPolicy: "no-referrer", signal: stop.signal });
    const data = await answer.json().catch(() => null);
    if (answer.ok && data) return data;
    throw failed(answer.ok ? 0 : answer.status, data, Number(answer.headers.get("Retry-After")));
  } catch (error) {
    throw known(error);
  } finally {
    clearTimeout(timer);
  }
}

/** A POST that may be repeated without doing its work twice. While the first one still runs, its answer is waited for. */
async function post(url, lang, key, body) {
  const headers = { "Idempotency-Key": key, ...(body && { "Content-Type": "application/json" }) };
  for (let left = 20; ; left -= 1) {
    try {
      return await ask(url, lang, { method: "POST", headers, body });
    } catch (error) {
      if (error.problem.code !== "idempotency_in_progress" || left === 0) throw error;
      await pause((error.seconds || 1) * 1000);
    }
  }
}

/** `el("p.hint", { id: "x" }, "text")`: an element whose class is its `part` too. Functions listen. Texts never become markup. */
function el(name, attributes, ...children) {
  const [tag, part] = name.split(".");
  const made = document.createElement(tag);
  for (const [key, value] of Object.entries({ class: part, part, ...attributes })) {
    if (typeof value === "function") made.addEventListener(key, value);
    else if (value || value === 0 || value === "") made.setAttribute(key, value);
  }
  made.append(...children.filter(Boolean));
  return made;
}

class DonateWidget extends HTMLElement {
  static get observedAttributes() { return ["campaign", "lang", "amount", "presets", "theme", "api"]; }

  #root = this.attachShadow({ mode: "open" });
  #typed = { amount: "", donor_name: "", donor_email: "", message: "", anonymous: false };
  #config = null;
  #campaign = null;
  #failure = null;
  #loads = 0;
  #busy = false;
  #blockedUntil = 0;
  /** The last donation asked for: its body, its key, its id once it is recorded, and the key of its payment. */
  #attempt = null;
  #back = (event) => { if (event.persisted) this.#release(""); };

  constructor() {
    super();
    this.#root.adoptedStyleSheets = [STYLE];
  }

  connectedCallback() {
    addEventListener("pageshow", this.#back);
    this.#load();
  }

  disconnectedCallback() {
    removeEventListener("pageshow", this.#back);
    this.#loads += 1;
  }

  attributeChangedCallback(name, before, now) {
    if (before === now || !this.isConnected) return;
    if (name === "amount") this.#typed.amount = "";
    if (name === "campaign" || name === "api") this.#load();
    else if (name !== "theme") this.#draw();
  }

  get #lang() {
    const near = this.closest("[lang]");
    const wanted = [near && near.lang, ...navigator.languages].map((tag) => (tag || "").slice(0, 2).toLowerCase());
    return wanted.find((tag) => LANGUAGES.includes(tag)) || "ru";
  }

  get #api() {
    return new URL(this.getAttribute("api") || HOME, document.baseURI).href.replace(/\/+$/, "");
  }

  #text(key, values = {}) {
    return TEXTS[key][LANGUAGES.indexOf(this.#lang)].replace(/\{(\w+)\}/g, (_, name) => values[name]);
  }

  #trees(count) {
    const words = TREES[this.#lang];
    return `${grouped(count)} ${words[new Intl.PluralRules(this.#lang).select(count)] || words.other}`;
  }

  async #load() {
    const mine = (this.#loads += 1);
    this.#config = this.#campaign = this.#failure = null;
    this.#draw();
    try {
      const [api, lang] = [`${this.#api}/api`, this.#lang];
      const config = await ask(`${api}/config`, lang);
      const slug = this.getAttribute("campaign") || (config.campaigns[0] || {}).slug || "";
      const campaign = await ask(`${api}/campaigns/${encodeURIComponent(slug)}`, lang);
      if (mine !== this.#loads) return;
      [this.#config, this.#campaign] = [config, campaign];
    } catch (error) {
      if (mine !== this.#loads) return;
      this.#failure = known(error);
      this.#tellError(this.#failure);
    }
    this.#draw();
  }

  #tell(name, detail, cancelable = false) {
    return this.dispatchEvent(new CustomEvent(`donate-widget:${name}`, { detail, bubbles: true, composed: true, cancelable }));
  }

  #tellError({ status, problem }) {
    this.#tell("error", { status, code: problem.code || "" });
  }

  #draw() {
    const body = this.#campaign ? this.#drawn() : this.#failure ? this.#drawnFailure() : [el("p.hint", { role: "status" }, this.#text("loading"))];
    this.#root.replaceChildren(el("section.card", { lang: this.#lang }, ...body));
    if (this.#find("amount")) this.#follow();
  }

  /** Nothing to give to: says why, and shows what the page's author put inside the element. */
  #drawnFailure() {
    const { status } = this.#failure;
    const why = el("p.status", { role: "alert" }, this.#text(status === 404 ? "unknown" : status ? "fault" : "offline"));
    why.classList.add("wrong");
    return [why, status === 404 ? "" : el("button.button", { type: "button", click: () => this.#load() }, this.#text("retry")), el("slot")];
  }

  #drawn() {
    const { title, state, starts_at: start } = this.#campaign;
    const top = [el("h2.title", null, title[this.#lang]), this.#drawnProgress()];
    if (!this.#config.payments_are_real) top.push(el("p.test", null, this.#text("test")));
    if (state === "closed") return [...top, el("p.closed", null, this.#text("closed"))];
    if (state !== "upcoming") return [...top, this.#drawnForm()];
    // Numbers only: not every browser knows the Kazakh months.
    const date = new Intl.DateTimeFormat("ru", { timeZone: "Asia/Almaty" }).format(new Date(start));
    return [...top, el("p.closed", null, this.#text("upcoming", { date }))];
  }

  #drawnProgress() {
    const { goal, raised, trees, donors } = this.#campaign;
    const [sum, of] = [this.#text("raised", { raised: money(raised) }), goal ? ` ${this.#text("goal", { goal: money(goal) })}` : ""];
    const share = goal ? Math.min(100, Math.floor((raised * 100) / goal)) : 0;
    const fill = el("div.progress-bar");
    fill.style.width = `${share}%`;
    const bar = { role: "progressbar", "aria-label": sum + of, "aria-valuenow": share };
    return el("div.progress", null, el("p.raised", null, el("b", null, sum), of), goal ? el("div.bar", bar, fill) : "",
      el("p.hint", null, `${this.#trees(trees)} · ${this.#text("donors", { n: donors })}`));
  }

  get #presets() {
    const { min, max } = this.#config.limits;
    const own = (this.getAttribute("presets") || "").split(",").map(whole).filter(Boolean);
    const offered = own.length ? own : this.#campaign.presets;
    return [...new Set(offered)].filter((amount) => amount >= min && amount <= max);
  }

  #drawnForm() {
    const [presets, typed, price] = [this.#presets, this.#typed, this.#campaign.price_per_tree];
    typed.amount = typed.amount || String(whole(this.getAttribute("amount") || "") || presets[1] || presets[0] || price);
    const choices = presets.map((amount) => el("div.choice", null,
      el("input", { type: "radio", name: "preset", id: `preset-${amount}`, value: amount, change: () => this.#follow("preset", amount) }),
      el("label.preset", { for: `preset-${amount}` }, el("b", null, money(amount)), el("span.hint", null, this.#trees(Math.floor(amount / price))))));
    const number = { inputmode: "numeric", autocomplete: "off" };
    const anonymous = el("input", { type: "checkbox", id: "anonymous", change: () => { typed.anonymous = anonymous.checked; } });
    anonymous.checked = typed.anonymous;
    return el("form.form", { novalidate: "", submit: (event) => this.#submit(event) },
      el("fieldset", null, el("legend", null, this.#text("choose")), choices[0] && el("div.presets", null, ...choices),
        el("div.pair", null, this.#field("amount", number, () => this.#follow()), this.#field("trees", number, () => this.#follow("trees"))),
        el("p.hint", null, this.#text("price", { price: money(price) }))),
      this.#field("donor_name", { autocomplete: "name", maxlength: 120, "aria-required": "true" }),
      this.#field("donor_email", { type: "email", autocomplete: "email", "aria-required": "true" }),
      this.#field("message", { rows: 2, maxlength: 500 }),
      el("div.check", null, anonymous, el("label", { for: "anonymous" }, this.#text("anonymous"))),
      el("div", null, el("button.button", { type: "submit", id: "submit", "aria-disabled": this.#busy && "true" }), el("p.hint", null, this.#text("note"))),
      el("p.status", { id: "told", role: "status" }));
  }

  #field(name, attributes, follow) {
    const described = `${name}-error${name === "donor_email" ? ` ${name}-hint` : ""}`;
    const keep = () => { this.#typed[name] = input.value; if (follow) follow(); };
    const input = el(name === "message" ? "textarea.input" : "input.input", { id: name, name, "aria-describedby": described, input: keep, ...attributes });
    input.value = this.#typed[name] || "";
    return el("div.field", null,
      el("label.label", { for: name }, this.#text(name), name === "message" && el("span.hint", null, ` ${this.#text("optional")}`)), input,
      el("p.error", { id: `${name}-error`, hidden: "" }),
      name === "donor_email" && el("p.hint", { id: `${name}-hint` }, this.#text("hint")));
  }

  #find(id) { return this.#root.getElementById(id); }

  /** Keeps presets, amount and trees in step; `from` is what the donor changed last. */
  #follow(from, preset) {
    const [amount, trees, price] = [this.#find("amount"), this.#find("trees"), this.#campaign.price_per_tree];
    if (from === "preset") amount.value = preset;
    if (from === "trees") amount.value = whole(trees.value) === null ? "" : whole(trees.value) * price;
    const given = whole(amount.value);
    if (from !== "trees") trees.value = given === null ? "" : Math.floor(given / price);
    this.#typed.amount = amount.value;
    for (const radio of this.#root.querySelectorAll("[name=preset]")) radio.checked = Number(radio.value) === given;
    this.#find("submit").textContent = this.#text("submit") + (given ? ` · ${money(given)}` : "");
  }

  /** What the donor can put right before anything is sent: field → text. */
  #wrong() {
    const { min, max } = this.#config.limits;
    const [amount, found] = [whole(this.#find("amount").value), {}];
    if (amount === null) found.amount = this.#text("whole");
    else if (amount < min) found.amount = this.#text("least", { min: money(min) });
    else if (amount > max) found.amount = this.#text("most", { max: money(max) });
    if (!this.#typed.donor_name.trim()) found.donor_name = this.#text("required");
    if (!/^\S+@\S+$/.test(this.#typed.donor_email.trim())) found.donor_email = this.#text(this.#typed.donor_email.trim() ? "address" : "required");
    return found;
  }

  /** Shows each text beside its field and goes to the first; those of no field are said below the button. */
  #mark(found) {
    if (!this.#find("told")) return "";
    let first = null;
    const rest = { ...found };
    for (const name of ["amount", "trees", "donor_name", "donor_email", "message"]) {
      const [input, error] = [this.#find(name), this.#find(`${name}-error`)];
      error.textContent = found[name] || "";
      error.hidden = !found[name];
      if (found[name]) input.setAttribute("aria-invalid", "true");
      else input.removeAttribute("aria-invalid");
      if (found[name]) first = first || input;
      delete rest[name];
    }
    if (first) first.focus();
    return [first ? this.#text("check") : "", ...Object.values(rest)].join(" ").trim();
  }

  #say(text, wrong = false) {
    const told = this.#find("told");
    if (!told) return;
    told.classList.toggle("wrong", wrong);
    told.setAttribute("role", wrong ? "alert" : "status");
    told.textContent = text;
  }

  #release(text) {
    this.#busy = false;
    const button = this.#find("submit");
    if (button) button.removeAttribute("aria-disabled");
    this.#say(text, Boolean(text));
  }

  async #submit(event) {
    event.preventDefault();
    if (this.#busy || Date.now() < this.#blockedUntil) return;
    const told = this.#mark(this.#wrong());
    if (told) return this.#say(told, true);
    this.#busy = true;
    this.#find("submit").setAttribute("aria-disabled", "true");
    try {
      await this.#give();
    } catch (error) {
      this.#failed(known(error));
    }
  }

  async #give() {
    const [api, lang, typed] = [`${this.#api}/api/guest-donations`, this.#lang, this.#typed];
    const body = JSON.stringify({
      amount: whole(this.#find("amount").value), campaign: this.#campaign.slug, donor_name: typed.donor_name.trim(), donor_email: typed.donor_email.trim(),
      message: typed.message.trim() || null, anonymous: typed.anonymous, language: lang,
    });
    // The same wish keeps its keys, so that a repeat after a lost answer finds what the first one did.
    if (!this.#attempt || this.#attempt.body !== body || this.#attempt.api !== api) this.#attempt = { api, body, key: newKey() };
    const attempt = this.#attempt;
    if (!attempt.id) {
      this.#say(this.#text("recording"));
      const donation = await post(api, lang, attempt.key, body);
      attempt.id = donation.id;
      this.#tell("created", { id: donation.id, amount: donation.amount, trees: donation.trees, campaign: donation.campaign });
    }
    this.#say(this.#text("opening"));
    attempt.payment = attempt.payment || newKey();
    const started = await post(`${api}/${encodeURIComponent(attempt.id)}/payment`, lang, attempt.payment);
    // A donor who comes back has to hear a new answer, not this one again.
    attempt.payment = null;
    const checkout = new URL(started.checkout_url);
    if (!/^https?:$/.test(checkout.protocol)) throw failed(502, { code: "gateway_rejected" });
    if (!this.isConnected || !this.#tell("redirect", { id: attempt.id, checkout_url: checkout.href }, true)) return this.#release("");
    location.assign(checkout.href);
  }

  #failed(failure) {
    const { status, problem, seconds } = failure;
    const code = problem.code || "";
    let said = `${this.#text(status === 0 ? "offline" : code.startsWith("gateway_") ? "gateway" : "fault")} ${this.#text("again")}`;
    if (code === "validation_failed") said = this.#mark(Object.fromEntries((problem.errors || []).map((error) => [error.field, error.message])));
    else if (code === "already_paid") said = this.#text("paid");
    else if (status === 429) {
      this.#blockedUntil = Date.now() + (seconds || 30) * 1000;
      said = this.#text("often", { n: seconds || 30 });
    } else if (status >= 400 && status < 500 && problem.detail) said = problem.detail;
    // Most answers of 4xx are final; after all others, and after none, the same keys are sent again.
    if (status >= 400 && status < 500 && status !== 408 && status !== 429 && code !== "idempotency_in_progress") this.#attempt = null;
    this.#release(said);
    this.#tellError(failure);
  }
}

customElements.define("donate-widget", DonateWidget);
})();
