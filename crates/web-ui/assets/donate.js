// Trees and amount follow each other while they are typed, the button says what will be given, and a form that is on its
// way is not sent twice. Without this script the server does all three.
(() => {
  "use strict";
  const form = document.getElementById("donate");
  if (!form) return;
  const amount = form.elements.namedItem("amount");
  const trees = form.elements.namedItem("trees");
  const total = document.getElementById("total");
  const price = Number(form.dataset.price);
  const number = (text) => {
    const digits = text.replace(/[\s₸]/g, "");
    return /^\d{1,12}$/.test(digits) ? Number(digits) : null;
  };
  const grouped = (value) => String(value).replace(/\B(?=(\d{3})+$)/g, "\u202f");
  const plural = new Intl.PluralRules(document.documentElement.lang);
  const words = { one: form.dataset.treesOne, few: form.dataset.treesFew, many: form.dataset.treesMany };
  const counted = (value) => grouped(value) + "\u00a0" + (words[plural.select(value)] || words.many);

  const show = () => {
    const preset = form.querySelector("[name=preset]:checked");
    const own = amount.value.trim() || trees.value.trim();
    const given = number(own ? amount.value : preset ? preset.value : "");
    total.textContent = given === null ? "" : grouped(given) + "\u00a0₸ · " + counted(Math.floor(given / price));
  };
  amount.addEventListener("input", () => {
    const given = number(amount.value);
    trees.value = given === null ? "" : String(Math.floor(given / price));
    show();
  });
  trees.addEventListener("input", () => {
    const planted = number(trees.value);
    amount.value = planted === null ? "" : String(planted * price);
    show();
  });
  for (const preset of form.querySelectorAll("[name=preset]")) {
    preset.addEventListener("click", () => {
      amount.value = "";
      trees.value = "";
      show();
    });
  }
  // The amount alone decides: trees that were rounded down would seem to contradict it.
  form.addEventListener("formdata", (event) => {
    if (amount.value.trim()) event.formData.delete("trees");
  });
  let sent = false;
  form.addEventListener("submit", (event) => {
    if (sent) event.preventDefault();
    sent = true;
  });
  // Back from the checkout the page may be the same one, with the form as it was left.
  addEventListener("pageshow", () => {
    sent = false;
    show();
  });
  show();
})();
