"use strict";
// The keyboard on the screen: a kiosk has no other. A real one works too.
const board = document.querySelector("[data-keyboard]");
if (board) {
  const fields = [...document.querySelectorAll("input[data-keys]")];
  let field = fields.find((one) => !one.value) || fields[0];
  const rows = { letters: ["1234567890", "QWERTYUIOP", "ASDFGHJKL", "ZXCVBNM-"], digits: ["123", "456", "789", "+0-"] };
  const type = (text) => {
    field.focus();
    const at = field.selectionStart ?? field.value.length;
    const to = field.selectionEnd ?? at;
    const start = text === "" && at === to ? Math.max(at - 1, 0) : at;
    field.setRangeText(text, start, to, "end");
  };
  const key = (label, text, wide) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = label;
    button.tabIndex = -1;
    if (wide) button.className = "wide";
    button.addEventListener("mousedown", (event) => event.preventDefault());
    button.addEventListener("click", () => type(text));
    return button;
  };
  const draw = () => {
    fields.forEach((one) => one.classList.toggle("typing", one === field));
    const lines = rows[field.dataset.keys].map((row) => [...row].map((each) => key(each, each, false)));
    const last = [key(board.dataset.erase, "", true)];
    if (field.dataset.keys === "letters") last.unshift(key(board.dataset.space, " ", true));
    board.replaceChildren(...[...lines, last].map((keys) => {
      const line = document.createElement("div");
      line.append(...keys);
      return line;
    }));
  };
  fields.forEach((one) => one.addEventListener("focus", () => { field = one; draw(); }));
  draw();
}

// One touch is one act.
document.querySelectorAll("form").forEach((form) => form.addEventListener("submit", (event) => {
  if (form.dataset.sent) { event.preventDefault(); return; }
  form.dataset.sent = "1";
  setTimeout(() => form.querySelectorAll("button").forEach((one) => { one.disabled = true; }), 0);
}));
addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });

// What the ticked lines come to, in fen: no fractions.
document.querySelectorAll("[data-lines]").forEach((form) => form.addEventListener("change", () => {
  const ticked = [...form.querySelectorAll("[data-amount]:checked")];
  const fen = ticked.reduce((sum, one) => sum + Number(one.dataset.amount.replace(".", "")), 0);
  form.querySelector("[data-sum]").textContent = `${Math.floor(fen / 100)}.${String(fen % 100).padStart(2, "0")}`;
}));

// How long a place or a price is kept.
const clocks = [...document.querySelectorAll("[data-until]")];
const tick = () => clocks.forEach((one) => {
  const left = Math.max(0, Math.floor((Date.parse(one.dataset.until) - Date.now()) / 1000));
  one.textContent = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
});
if (clocks.length) { tick(); setInterval(tick, 1000); }

// Nobody there any more: a question, then everything is forgotten.
const idle = Number(document.body.dataset.idle || 0);
if (idle) {
  const dialog = document.querySelector(".idle");
  const left = dialog.querySelector("[data-left]");
  const GRACE = 15;
  let touched = Date.now();
  const stay = () => { touched = Date.now(); if (dialog.open) dialog.close(); };
  ["pointerdown", "keydown", "wheel"].forEach((name) => addEventListener(name, () => { if (!dialog.open) touched = Date.now(); }));
  dialog.querySelector("[data-stay]").addEventListener("click", stay);
  dialog.addEventListener("close", () => { touched = Date.now(); });
  setInterval(() => {
    const silent = (Date.now() - touched) / 1000;
    if (silent < idle - GRACE) return;
    if (silent >= idle) { location.replace("/kiosk/leave"); return; }
    if (!dialog.open) dialog.showModal();
    left.textContent = String(Math.ceil(idle - silent));
  }, 500);
}
