// The page that the mail "reset your password" leads to; without a token it sends such a mail.

import { call } from "./api.js";
import { el, field, onSubmit } from "./dom.js";
import { page } from "./frame.js";
import { takeToken } from "./token.js";
import { fill } from "./texts.js";

const form = document.querySelector("#reset");
const token = takeToken();

form.replaceChildren(
  token
    ? field("password", "new-password", { type: "password", autocomplete: "new-password", hint: "password-hint" })
    : field("email", "email", { type: "email", autocomplete: "username" }),
  el("button", { class: "button", "data-text": token ? "save" : "send-link" }),
  el("p", { class: "told", role: "status" }));

onSubmit(form, async () => {
  const { password, email } = form.elements;
  if (token) await call("/api/auth/password/reset", { method: "POST", body: JSON.stringify({ token, password: password.value }) });
  else await call("/api/auth/password/forgot", { method: "POST", body: JSON.stringify({ email: email.value.trim() }) });
  form.replaceChildren(
    el("p", { class: "told", role: "status", "data-text": token ? "password-changed" : "link-sent" }),
    el("a", { href: "/donations", "data-text": "sign-in" }));
  fill();
});

page();
