// What every page has: its texts, and the choice of a language.

import { el } from "./dom.js";
import { fill, language, languages, onLanguage, setLanguage, text } from "./texts.js";

const NAMES = { kk: "Қазақша", ru: "Русский", en: "English" };

function drawLanguages() {
  const room = document.querySelector(".languages");
  room.setAttribute("aria-label", text("language"));
  const choice = (code) => el("button", { type: "button", lang: code, "aria-pressed": String(code === language()), click: () => choose(code) }, NAMES[code]);
  room.replaceChildren(...languages.map(choice));
}

function choose(code) {
  setLanguage(code);
  document.querySelector(`.languages [lang=${code}]`).focus();
}

/** Draws the frame, and calls `draw` now and in every language that is chosen later. */
export function page(draw = () => {}) {
  onLanguage(drawLanguages);
  onLanguage(draw);
  fill();
  drawLanguages();
  draw();
}
