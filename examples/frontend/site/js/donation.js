// The return page. What `?result=` claims is not believed: the page shows what the API says, and asks until it is settled.

import { call, goTo, payer } from "./api.js";
import { el, money, said } from "./dom.js";
import { page } from "./frame.js";
import { asUser, user } from "./session.js";
import { signInForm } from "./sign-in.js";
import { fill, suggestLanguage, text } from "./texts.js";

const story = document.querySelector("#story");
const id = location.pathname.split("/")[2];
const cameBack = new URLSearchParams(location.search).get("result");

/** Seconds between two questions: often at first, then ever more seldom, for about four minutes. */
const PAUSES = [1, 1, 2, 2, 3, 3, 5, 5, 5, 10, 10, 10, 15, 15, 30, 30, 30, 60];
const SETTLED = ["completed", "partially_refunded", "refunded"];

let path = "/api/guest-donations";
let send = call;
let pay = payer(path, send);
let donation = null;
let trouble = "";
let asked = 0;
let shown = "";
let timer = 0;

function askAnew() {
  [asked, shown] = [0, ""];
  ask();
}

async function ask() {
  clearTimeout(timer);
  try {
    donation = await send(`${path}/${id}`);
    trouble = "";
  } catch (problem) {
    if (problem.status === 404 || problem.status === 401) return notFound();
    trouble = said(problem);
  }
  if (donation) suggestLanguage(donation.language);
  // A certificate follows its payment after a moment. A declined payment may still be followed by one that is taken.
  const waits = !donation || !SETTLED.includes(donation.status) || (donation.status === "completed" && !donation.certificate);
  const seconds = waits ? PAUSES[asked] : undefined;
  asked += 1;
  // Drawn anew only when there is news: what has the focus keeps it, and a screen reader says nothing twice.
  const news = JSON.stringify([donation, trouble, asked >= PAUSES.length]);
  if (news !== shown) draw();
  shown = news;
  if (seconds !== undefined) timer = setTimeout(ask, seconds * 1000);
}

/** A donation of somebody with an account is shown to that person only. */
function notFound() {
  donation = null;
  const signedIn = Boolean(user());
  const again = () => {
    [path, send] = ["/api/donations", asUser];
    pay = payer(path, send);
    askAnew();
  };
  story.replaceChildren(
    el("h1", { "data-text": "no-donation" }),
    el("p", { "data-text": "sign-in-to-see" }),
    signedIn ? "" : signInForm(again));
  fill();
}

function draw() {
  if (!donation) {
    if (!trouble) return;
    story.replaceChildren(el("p", { class: "told wrong", role: "alert" }, trouble), lookAgain());
    return;
  }
  const { status } = donation;
  story.dataset.status = status;
  const parts = {
    completed: [heading("thanks"), lead("completed-lead", { amount: money(donation.amount) }), ...certificate()],
    failed: [heading("failed-heading"), lead(null, {}, donation.failure?.message), payButton("try-again")],
    cancelled: [heading("cancelled-heading"), lead("cancelled-lead"), payButton("try-again")],
    partially_refunded: [heading("partially_refunded-heading"), lead("refunded-lead", { amount: money(donation.refunded_amount) }), ...certificate()],
    refunded: [heading("refunded-heading"), lead("refunded-lead", { amount: money(donation.refunded_amount) })],
  }[status] || waiting();
  story.replaceChildren(
    donation.test_mode ? el("p", { class: "notice" }, text("test-mode")) : "",
    ...parts,
    trouble ? el("p", { class: "told wrong", role: "alert" }, trouble) : "",
    el("dl", {},
      el("dt", {}, text("sum")), el("dd", { id: "amount" }, money(donation.amount)),
      el("dt", {}, text("tree-count")), el("dd", {}, String(donation.trees))));
  fill();
}

const heading = (key) => el("h1", {}, text(key));
const lead = (key, values, words) => el("p", { class: "lead" }, words || text(key || "cancelled-lead", values));
const lookAgain = () => el("button", { type: "button", class: "button quiet", id: "look-again", click: askAnew }, text("look-again"));

/** Not paid yet, as far as anybody has told us. Who comes from a payment that went well is asked to wait, not to pay. */
function waiting() {
  if (cameBack !== "success") return [heading("unpaid-heading"), lead("unpaid-lead"), payButton("to-payment")];
  if (asked < PAUSES.length) return [heading("waiting-heading"), lead("waiting-lead")];
  return [heading("waiting-heading"), lead("waited-lead"), lookAgain(), payButton("to-payment")];
}

function payButton(key) {
  let busy = false;
  const click = async (event) => {
    if (busy) return;
    busy = true;
    event.target.setAttribute("aria-disabled", "true");
    try {
      goTo((await pay(id)).checkout_url);
    } catch (problem) {
      trouble = problem.status === undefined ? text("fault") : said(problem);
      busy = false;
      draw();
      // Paid meanwhile, in another tab: the API knows.
      if (problem.code === "already_paid") askAnew();
    }
  };
  return el("button", { type: "button", class: "button", id: "pay", click }, text(key));
}

function certificate() {
  if (!donation.certificate) return [el("p", { class: "hint" }, text("certificate-later"))];
  const download = async () => {
    try {
      save(await send(`${path}/${id}/certificate`, { as: "blob" }), `${donation.certificate.number}.pdf`);
    } catch (problem) {
      trouble = said(problem);
      draw();
    }
  };
  return [
    el("button", { type: "button", class: "button", id: "certificate", click: download }, text("certificate")),
    el("p", { class: "hint", id: "certificate-number" }, text("certificate-check", { number: donation.certificate.number }))];
}

/** Hands a file to the browser. A link to the API would do for a guest; a registered donor's needs the token in a header. */
function save(blob, name) {
  const link = el("a", { href: URL.createObjectURL(blob), download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

page(draw);
ask();
// Somebody who comes back to the page, from the payment or from another tab, sees what has become of it meanwhile.
addEventListener("pageshow", (event) => { if (event.persisted) askAnew(); });
document.addEventListener("visibilitychange", () => { if (!document.hidden && donation && !SETTLED.includes(donation.status)) ask(); });
