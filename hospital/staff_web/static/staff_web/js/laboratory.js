/* Result fields: Enter and the arrows go to the next and the one before; leaving a field writes it. */
(() => {
  "use strict";
  document.querySelector("[data-queue] [aria-current=true]")?.scrollIntoView({ block: "center" });
  const fields = () => [...document.querySelectorAll(".cell-input")].filter((field) => field.offsetParent);
  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.keyCode === 229 || event.ctrlKey || event.metaKey || event.altKey) return;
    const field = event.target;
    if (!field.matches?.("input.cell-input") || !["Enter", "ArrowDown", "ArrowUp"].includes(event.key)) return;
    event.preventDefault();
    const list = fields();
    const next = list[list.indexOf(field) + (event.key === "ArrowUp" ? -1 : 1)];
    if (next) next.focus(); else field.blur();
    next?.select?.();
  });
  // A refused value keeps the eye: its field gets the focus back.
  document.addEventListener("htmx:afterRequest", (event) => {
    const field = event.detail.elt;
    if (event.detail.xhr?.status !== 422 || !field?.matches?.(".cell-input")) return;
    setTimeout(() => document.getElementById(field.id)?.focus(), 60);
  });
})();
