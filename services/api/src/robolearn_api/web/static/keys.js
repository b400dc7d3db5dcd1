// Single-key shortcuts. They can be switched off (WCAG 2.1.4) in the dialog that lists them.
const dialog = document.querySelector("#page-keys");
const enabled = dialog.querySelector("input");
const opener = document.querySelector("[data-keys]");

const remembered = () => {
  try { return localStorage.getItem("keys") !== "off"; } catch { return true; }
};
const isTyping = (target) => target.closest("input, textarea, select, [contenteditable]") !== null;
const follow = (relation) => document.querySelector(`.turn a[rel="${relation}"]`)?.click();

const actions = {
  "/": () => {
    const field = document.querySelector("input[type=search]");
    field?.focus();
    field?.select();
  },
  n: () => follow("next"),
  p: () => follow("prev"),
  "?": () => dialog.showModal(),
};

enabled.checked = remembered();
enabled.addEventListener("change", () => {
  try { localStorage.setItem("keys", enabled.checked ? "on" : "off"); } catch { /* kept for this page only */ }
});
opener.hidden = false;
opener.addEventListener("click", () => dialog.showModal());

document.addEventListener("keydown", (event) => {
  const action = actions[event.key];
  const combined = event.ctrlKey || event.metaKey || event.altKey;
  if (!action || combined || !enabled.checked || dialog.open || isTyping(event.target)) return;
  event.preventDefault();
  action();
});
