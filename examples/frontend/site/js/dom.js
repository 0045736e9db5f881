// Elements, money, and what went wrong, shown where it belongs. Nothing here turns a text into markup.

import { text } from "./texts.js";

/** An element; functions among `attributes` listen, `null` and `false` are left out. Children are elements or texts. */
export function el(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === "function") made.addEventListener(key, value);
    else if (value !== null && value !== false && value !== undefined) made.setAttribute(key, value === true ? "" : value);
  }
  made.append(...children.filter((child) => child !== null && child !== false));
  return made;
}

/** 5000 is `5 000 ₸`. */
export function money(amount) {
  return `${String(amount).replace(/\B(?=(\d{3})+$)/g, "\u00a0")}\u00a0₸`;
}

/** The whole number that was typed, or `null`. */
export function whole(typed) {
  const digits = typed.replace(/\s/g, "");
  return /^\d{1,9}$/.test(digits) ? Number(digits) : null;
}

/** A labelled field with room for its error; `name` is the field's name in the API. */
export function field(name, label, attributes = {}) {
  const { area, hint, ...rest } = attributes;
  const described = hint ? `${name}-error ${name}-hint` : `${name}-error`;
  return el("div", { class: "field" },
    el("label", { for: name, "data-text": label }, text(label)),
    el(area ? "textarea" : "input", { id: name, name, "aria-describedby": described, ...rest }),
    el("p", { class: "error", id: `${name}-error`, hidden: true }),
    hint ? el("p", { class: "hint", id: `${name}-hint`, "data-text": hint }, text(hint)) : null);
}

/** Shows each error beside its field and goes to the first; answers what belongs to no field of the form. */
export function markFields(form, errors) {
  const left = new Map(errors.map((error) => [error.field, error.message]));
  let first = null;
  for (const input of form.querySelectorAll("input, textarea, select")) {
    const room = form.querySelector(`#${CSS.escape(input.id)}-error`);
    if (!room) continue;
    const message = left.get(input.name);
    left.delete(input.name);
    room.textContent = message || "";
    room.hidden = !message;
    if (message) input.setAttribute("aria-invalid", "true");
    else input.removeAttribute("aria-invalid");
    if (message && !first) first = input;
  }
  if (first) first.focus();
  return [first ? text("check-fields") : "", ...left.values()].filter(Boolean).join(" ");
}

/** What a donor is told about a call that did not succeed. */
export function said(problem, form) {
  if (problem.status === 0) return text("offline");
  if (problem.status === 429) return text("too-often", { n: problem.retryAfter || 30 });
  if (problem.status === 422 && form) return markFields(form, problem.errors) || problem.detail;
  return problem.status >= 500 && !problem.code.startsWith("gateway_") ? text("fault") : problem.detail || text("fault");
}

/** Runs `work` once at a time for a form: the button waits, and what goes wrong is said in the form's `.told`. */
export function onSubmit(form, work) {
  const told = form.querySelector(".told");
  let busy = false;
  const tell = (words, kind) => {
    told.className = `told ${kind}`;
    told.setAttribute("role", kind === "wrong" ? "alert" : "status");
    told.textContent = words;
  };
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (busy) return;
    busy = true;
    form.setAttribute("aria-busy", "true");
    try {
      markFields(form, []);
      await work(tell);
    } catch (problem) {
      tell(problem.status === undefined ? text("fault") : said(problem, form), "wrong");
      if (problem.status === undefined) throw problem;
    } finally {
      busy = false;
      form.removeAttribute("aria-busy");
    }
  });
}
