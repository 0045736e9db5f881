// What somebody with an account has given; and giving more.

import { giver, goTo, payer } from "./api.js";
import { el, field, markFields, money, onSubmit, said, whole } from "./dom.js";
import { page } from "./frame.js";
import { asUser, signOut, user } from "./session.js";
import { signInForm } from "./sign-in.js";
import { fill, language, text } from "./texts.js";

const room = document.querySelector("#mine");
const PAYABLE = ["pending", "awaiting_payment", "failed", "cancelled"];
const PAID = ["completed", "partially_refunded"];
const give = giver("/api/donations", asUser);
const start = payer("/api/donations", asUser);
let items = [];
let cursor = null;

async function load() {
  try {
    const answer = await asUser(`/api/donations?limit=20${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ""}`);
    items = items.concat(answer.items);
    cursor = answer.next_cursor;
    draw();
  } catch (problem) {
    draw(problem.status === 401 ? text("signed-out") : said(problem));
  }
}

function draw(trouble = "") {
  if (!user()) {
    [items, cursor] = [[], null];
    room.replaceChildren(el("p", { class: "told wrong", role: "alert" }, trouble), signInForm(load));
    fill();
    return;
  }
  room.replaceChildren(
    el("p", { class: "row" }, user().name, el("button", { type: "button", class: "link", id: "sign-out", click: leave }, text("sign-out"))),
    el("p", { class: "told wrong", role: "alert" }, trouble),
    giveForm(),
    items.length === 0 ? el("p", {}, text("none-yet")) : el("ul", { class: "list" }, ...items.map(row)),
    cursor ? el("button", { type: "button", class: "button quiet", click: load }, text("more")) : "");
  fill();
}

function row(donation) {
  const { id, amount, trees, status, certificate, created_at: at } = donation;
  // In numbers: not every browser knows the Kazakh months.
  const date = new Date(at).toLocaleDateString("ru");
  return el("li", { "data-status": status },
    el("p", {}, el("b", {}, money(amount)), ` · ${text("makes-trees", { n: trees })}`),
    el("p", { class: "hint" }, `${date} · ${text(`status-${status}`)}`),
    PAYABLE.includes(status) ? el("button", { type: "button", class: "link", click: () => pay(id) }, text("to-payment")) : "",
    PAID.includes(status) && certificate ? el("button", { type: "button", class: "link", click: () => download(donation) }, text("certificate")) : "");
}

function giveForm() {
  const form = el("form", { class: "card", id: "give", novalidate: true },
    el("h2", {}, text("give-heading")),
    field("amount", "amount", { inputmode: "numeric", autocomplete: "off" }),
    el("button", { class: "button" }, text("to-payment")),
    el("p", { class: "told", role: "status" }));
  onSubmit(form, async (tell) => {
    const amount = whole(form.elements.amount.value);
    if (amount === null) return tell(markFields(form, [{ field: "amount", message: text("whole-number") }]), "wrong");
    goTo((await give({ amount, language: language() })).checkout_url);
  });
  return form;
}

async function pay(id) {
  try {
    goTo((await start(id)).checkout_url);
  } catch (problem) {
    draw(said(problem));
  }
}

async function download({ id, certificate }) {
  try {
    const blob = await asUser(`/api/donations/${encodeURIComponent(id)}/certificate`, { as: "blob" });
    const link = el("a", { href: URL.createObjectURL(blob), download: `${certificate.number}.pdf` });
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  } catch (problem) {
    draw(said(problem));
  }
}

async function leave() {
  await signOut().catch(() => {});
  draw();
}

page(() => draw());
