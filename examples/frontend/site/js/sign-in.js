// The form that signs in, or makes an account.

import { el, field, onSubmit } from "./dom.js";
import { register, signIn } from "./session.js";
import { fill, language } from "./texts.js";

/** The form; `done` is called once somebody is signed in. */
export function signInForm(done, heading = "sign-in") {
  let isNew = false;
  const form = el("form", { class: "card", id: "sign-in", novalidate: true });
  const draw = () => {
    form.replaceChildren(
      el("h2", { "data-text": isNew ? "register" : heading }),
      isNew ? field("name", "name", { autocomplete: "name", maxlength: 120 }) : "",
      field("email", "email", { type: "email", autocomplete: "username" }),
      field("password", "password", { type: "password", autocomplete: isNew ? "new-password" : "current-password", hint: isNew ? "password-hint" : null }),
      el("button", { class: "button", "data-text": isNew ? "register" : "sign-in" }),
      el("p", { class: "row" },
        el("button", { type: "button", class: "link", "data-text": isNew ? "sign-in" : "register", click: () => {
          isNew = !isNew;
          draw();
          fill();
        } }),
        el("a", { href: "/reset-password", "data-text": "forgot" })),
      el("p", { class: "told", role: "status" }));
  };
  draw();
  onSubmit(form, async () => {
    const { name, email, password } = form.elements;
    if (isNew) await register({ name: name.value.trim(), email: email.value.trim(), password: password.value, language: language() });
    else await signIn(email.value.trim(), password.value);
    done();
  });
  return form;
}
