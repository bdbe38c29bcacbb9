/* Keys of the translation desk: F8 goes to the next difference, Alt Enter to the next segment. */
(() => {
  "use strict";
  const segments = () => [...document.querySelectorAll("[data-segment]")];
  const goTo = (segment) => {
    const field = segment?.querySelector("textarea") ?? segment;
    if (!field) return;
    if (!field.matches("textarea")) field.tabIndex = -1;
    field.focus();
    segment.scrollIntoView({ block: "center" });
  };
  const after = (list) => {
    const all = segments();
    const at = all.indexOf(document.activeElement?.closest?.("[data-segment]"));
    return list.find((segment) => all.indexOf(segment) > at) ?? list[0];
  };
  document.addEventListener("keydown", (event) => {
    if (event.isComposing || document.querySelector("dialog[open]")) return;
    if (event.key === "F8") {
      event.preventDefault();
      goTo(after(segments().filter((segment) => segment.querySelector("[data-finding]"))));
    } else if (event.key === "Enter" && event.altKey) {
      event.preventDefault();
      goTo(after(segments()));
    }
  });
})();
