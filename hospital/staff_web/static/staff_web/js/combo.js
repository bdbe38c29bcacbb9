/* Search fields with options under them: arrows move, Enter takes, Esc closes. Focus stays in the field. */
(() => {
  "use strict";
  const options = (combo) => [...combo.querySelectorAll("[role=option]")];
  const isTaking = (combo) => combo.querySelector("[role=option].htmx-request") !== null;
  const close = (combo) => {
    if (isTaking(combo)) return;
    combo.querySelector("[role=listbox]")?.replaceChildren();
    combo.querySelector("[role=combobox]")?.setAttribute("aria-expanded", "false");
  };
  const choose = (list, at) => {
    list.forEach((option, index) => option.setAttribute("aria-selected", String(index === at)));
    list[at]?.scrollIntoView({ block: "nearest" });
  };
  const onKey = (event, combo) => {
    const list = options(combo);
    const at = list.findIndex((option) => option.getAttribute("aria-selected") === "true");
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (!list.length) return;
      event.preventDefault();
      choose(list, Math.min(list.length - 1, Math.max(0, at + (event.key === "ArrowDown" ? 1 : -1))));
    } else if (event.key === "Enter" && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      (list[at] ?? list[0])?.click();
    } else if (event.key === "Escape") {
      close(combo);
    }
  };
  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.keyCode === 229) return;
    const combo = event.target.matches?.("[role=combobox]") ? event.target.closest("[data-combo]") : null;
    if (combo) onKey(event, combo);
  });
  document.addEventListener("htmx:afterSwap", (event) => {
    const combo = event.detail.target?.closest?.("[data-combo]");
    if (!combo) return;
    const isOpen = options(combo).length > 0;
    combo.querySelector("[role=combobox]")?.setAttribute("aria-expanded", String(isOpen));
  });
  // While an option is being taken its list stays as it is, whatever is typed or clicked: what the answer brings for
  // other places of the page finds them only from an element that is still part of it.
  document.addEventListener("htmx:beforeRequest", (event) => {
    const combo = event.target.closest?.("[data-combo]");
    if (!combo) return;
    if (event.target.getAttribute("role") === "option") htmx.trigger(combo.querySelector("[role=combobox]"), "htmx:abort");
    else if (isTaking(combo)) event.preventDefault();
  });
  // An option that was taken closes its list; what it brought (a form) gets the focus, else the field keeps it.
  document.addEventListener("htmx:afterRequest", (event) => {
    const combo = event.detail.elt?.closest?.("[data-combo]");
    if (!combo || event.detail.elt.getAttribute("role") !== "option") return;
    const field = combo.querySelector("[role=combobox]");
    if (!field) return;
    field.value = "";
    close(combo);
    field.focus();
  });
  document.addEventListener("click", (event) => {
    document.querySelectorAll("[data-combo]").forEach((combo) => { if (!combo.contains(event.target)) close(combo); });
  });
})();
