// The site's own donation form, over the REST API.

import { call, giver, goTo } from "./api.js";
import { el, field, markFields, money, onSubmit, said, whole } from "./dom.js";
import { page } from "./frame.js";
import { fill, language, onLanguage, text } from "./texts.js";

const form = document.querySelector("#give");
const give = giver("/api/guest-donations");

async function start() {
  form.replaceChildren(el("p", { class: "told", role: "status" }, text("loading")));
  try {
    const [config, campaigns] = await Promise.all([call("/api/config"), call("/api/campaigns")]);
    const open = campaigns.items.filter((campaign) => campaign.state === "open");
    if (open.length === 0) form.replaceChildren(el("p", {}, text("closed")));
    else draw(config, open);
  } catch (problem) {
    form.replaceChildren(
      el("p", { class: "told wrong", role: "alert" }, said(problem)),
      el("button", { type: "button", class: "button", click: start }, text("try-again")));
  }
}

function draw(config, campaigns) {
  const amount = field("amount", "amount", { inputmode: "numeric", autocomplete: "off" });
  const input = amount.querySelector("input");
  const trees = el("p", { class: "hint", id: "trees" });
  const presets = el("div", { class: "presets" });
  const choice = el("select", { id: "campaign", name: "campaign", "aria-describedby": "campaign-error" });
  choice.append(...campaigns.map(({ slug }) => el("option", { value: slug })));
  const campaign = () => campaigns.find(({ slug }) => slug === choice.value) || campaigns[0];

  const follow = () => {
    const given = whole(input.value);
    trees.textContent = given === null ? "" : text("makes-trees", { n: Math.floor(given / campaign().price_per_tree) });
    for (const button of presets.children) button.setAttribute("aria-pressed", String(button.dataset.amount === String(given)));
  };
  const followCampaign = () => {
    presets.replaceChildren(...campaign().presets.map((preset) => el("button", { type: "button", "data-amount": preset, click: () => {
      input.value = preset;
      follow();
    } }, money(preset))));
    if (input.value === "") input.value = String(campaign().presets[1] || campaign().presets[0] || campaign().price_per_tree);
    follow();
  };
  const nameCampaigns = () => {
    for (const option of choice.options) option.textContent = campaigns.find(({ slug }) => slug === option.value).title[language()];
  };
  input.addEventListener("input", follow);
  choice.addEventListener("change", followCampaign);
  onLanguage(nameCampaigns);
  onLanguage(follow);

  form.replaceChildren(
    config.payments_are_real ? "" : el("p", { class: "notice", "data-text": "test-mode" }),
    el("div", { class: "field", hidden: campaigns.length === 1 },
      el("label", { for: "campaign", "data-text": "campaign" }), choice, el("p", { class: "error", id: "campaign-error", hidden: true })),
    el("fieldset", {}, el("legend", { "data-text": "choose" }), presets, amount, trees),
    field("donor_name", "name", { autocomplete: "name", maxlength: 120, "aria-required": "true" }),
    field("donor_email", "email", { type: "email", autocomplete: "email", "aria-required": "true" }),
    field("message", "message", { area: true, rows: 2, maxlength: 500 }),
    el("label", { class: "check" }, el("input", { type: "checkbox", id: "anonymous", name: "anonymous" }), el("span", { "data-text": "anonymous" })),
    el("button", { class: "button", id: "submit", "data-text": "to-payment" }),
    el("p", { class: "told", role: "status" }));
  nameCampaigns();
  followCampaign();
  fill();
  onSubmit(form, (tell) => submit(tell, campaign().slug));
}

async function submit(tell, campaign) {
  const value = (name) => form.elements[name].value.trim();
  const amount = whole(value("amount"));
  if (amount === null) return tell(markFields(form, [{ field: "amount", message: text("whole-number") }]), "wrong");
  tell(text("opening"), "");
  const started = await give({
    amount,
    campaign,
    donor_name: value("donor_name"),
    donor_email: value("donor_email"),
    message: value("message") || null,
    anonymous: form.elements.anonymous.checked,
    language: language(),
  });
  goTo(started.checkout_url);
}

page();
start();
// A page that comes back from the browser's cache still shows what it said when it was left.
addEventListener("pageshow", (event) => { if (event.persisted) form.querySelector(".told")?.replaceChildren(); });
