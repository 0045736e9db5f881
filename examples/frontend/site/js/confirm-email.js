// The page that the mail "confirm your address" leads to. It asks for a click: mail programs open links on their own.

import { call } from "./api.js";
import { el, onSubmit } from "./dom.js";
import { page } from "./frame.js";
import { takeToken } from "./token.js";
import { fill } from "./texts.js";

const form = document.querySelector("#confirm");
const token = takeToken();

form.replaceChildren(
  el("p", { "data-text": token ? "confirm-lead" : "no-token" }),
  token ? el("button", { class: "button", "data-text": "confirm" }) : "",
  el("p", { class: "told", role: "status" }));

onSubmit(form, async () => {
  if (!token) return;
  await call("/api/auth/confirm", { method: "POST", body: JSON.stringify({ token }) });
  form.replaceChildren(
    el("p", { class: "told", role: "status", "data-text": "confirmed" }),
    el("a", { href: "/donations", "data-text": "nav-mine" }));
  fill();
});

page();
