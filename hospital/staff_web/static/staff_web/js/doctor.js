/* The doctor's desk: the form of a drug, going to what must be fixed, signing after the draft was saved. */
(() => {
  "use strict";
  const find = (selector) => document.querySelector(selector);
  document.addEventListener("htmx:afterSettle", (event) => {
    const target = event.detail.target;
    if (target?.id === "drug-form") (target.querySelector("[aria-invalid=true]") ?? target.querySelector("input:not([type=hidden])"))?.focus();
  });
  // A piece was added to the decoction: the search for the next one.
  document.addEventListener("htmx:afterSettle", () => {
    const next = find("#find-piece[data-goes-on]");
    next?.removeAttribute("data-goes-on");
    next?.focus();
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

  // Templates: `/` at the beginning of a line or word of the note, or the button; what is written already stays.
  let slashed = null;
  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.key !== "/" || event.ctrlKey || event.metaKey) return;
    const field = event.target;
    if (!field.matches?.("#note-fields textarea") || !/(^|\s)$/.test(field.value.slice(0, field.selectionStart))) return;
    event.preventDefault();
    slashed = { field, at: field.selectionStart };
    find("[data-pick]").click();
  });
  document.addEventListener("close", (event) => {
    if (event.target.id !== "pick-dialog" || !slashed) return;
    const { field, at } = slashed;
    slashed = null;
    field.focus();
    if (event.target.returnValue !== "inserted") {
      field.setRangeText("/", at, at, "end");
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
    event.target.returnValue = "";
  }, true);
  const optionsShown = () => [...document.querySelectorAll("[data-pick-list] .option")].filter((option) => !option.hidden);
  document.addEventListener("input", (event) => {
    if (!event.target.matches?.("[data-pick-find]")) return;
    const wanted = event.target.value.trim().toLowerCase();
    document.querySelectorAll("[data-pick-list] .option").forEach((option) => { option.hidden = !option.textContent.toLowerCase().includes(wanted); });
  });
  document.addEventListener("keydown", (event) => {
    if (event.isComposing || !event.target.closest?.("#pick .dialog-body")) return;
    const shown = optionsShown();
    const at = shown.indexOf(document.activeElement);
    if (event.key === "Enter" && at < 0) { event.preventDefault(); shown[0]?.click(); }
    if (event.key === "ArrowDown") { event.preventDefault(); (shown[at + 1] ?? shown[0])?.focus(); }
    if (event.key === "ArrowUp") { event.preventDefault(); (shown[at - 1] ?? find("[data-pick-find]"))?.focus(); }
  });
  const insert = (texts) => {
    for (const name of ["complaint", "findings", "plan"]) {
      const field = document.getElementById(name);
      if (!texts[name]) continue;
      field.value = field.value.trim() ? `${field.value.trimEnd()}\n${texts[name]}` : texts[name];
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
  };
  document.addEventListener("click", (event) => {
    const template = event.target.closest?.("[data-template]");
    if (!template) return;
    insert(template.dataset);
    template.closest("dialog")?.close("inserted");
    if (!slashed) find("#complaint")?.focus();
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    if (event.detail.elt?.matches?.("[data-take-last]") && event.detail.successful) {
      const texts = {};
      event.detail.elt.querySelectorAll("[data-take]:checked").forEach((box) => { texts[box.dataset.take] = box.dataset.text; });
      insert(texts);
      find("#last-dialog").close();
      find("#complaint")?.focus();
    }
    if (event.detail.elt?.matches?.("[data-order-set]") && event.detail.successful) find("#pick-dialog").close("inserted");
  });
  document.addEventListener("htmx:afterSettle", (event) => {
    if (event.detail.target?.id === "pick") find("[data-pick-find]")?.focus();
  });
  // Favorites: the arrow down in an empty field.
  document.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" && ["dx", "find-drug"].includes(event.target.id) && !event.target.value) htmx.trigger(event.target, "favorites");
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
