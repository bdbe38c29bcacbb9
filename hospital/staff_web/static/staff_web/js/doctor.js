/* The doctor's desk: the form of a drug, going to what must be fixed, signing after the draft was saved. */
(() => {
  "use strict";
  const find = (selector) => document.querySelector(selector);
  document.addEventListener("htmx:afterSettle", (event) => {
    const target = event.detail.target;
    if (target?.id === "drug-form") (target.querySelector("[aria-invalid=true]") ?? target.querySelector("input:not([type=hidden])"))?.focus();
  });
  document.addEventListener("click", (event) => {
    const clear = event.target.closest?.("[data-clear]");
    if (clear) find(clear.dataset.clear)?.replaceChildren();
    const set = event.target.closest?.("[data-set]");
    if (set) {
      find(set.dataset.set).value = set.dataset.value;
      find(set.dataset.set).focus();
    }
    const focus = event.target.closest?.("[data-focus]");
    if (!focus) return;
    event.preventDefault();
    const place = find(focus.dataset.focus);
    const field = place?.matches("input, textarea, select") ? place : place?.querySelector("[name=purpose], button");
    place?.scrollIntoView({ block: "center" });
    (field ?? place)?.focus();
  });

  // The signature waits for a draft that is being saved, and nothing is saved beside it.
  let isSigning = false;
  document.addEventListener("submit", (event) => {
    if (event.target.id !== "note-form") return;
    const saving = find("#note-fields.htmx-request");
    if (saving) {
      event.preventDefault();
      event.stopImmediatePropagation();
      saving.addEventListener("htmx:afterOnLoad", () => event.target.requestSubmit(event.submitter), { once: true });
      return;
    }
    isSigning = true;
  }, true);
  document.addEventListener("htmx:beforeRequest", (event) => {
    if (isSigning && event.target.id === "note-fields") event.preventDefault();
  });
  addEventListener("pageshow", () => { isSigning = false; });
})();
