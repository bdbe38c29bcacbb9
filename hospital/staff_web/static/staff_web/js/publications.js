/* Warns before a page with unsaved text is left. */
(() => {
  "use strict";
  const form = document.getElementById("article-form");
  if (!form) return;
  let isChanged = form.querySelector("[aria-invalid]") !== null;
  form.addEventListener("input", () => { isChanged = true; });
  form.addEventListener("submit", () => { isChanged = false; });
  window.addEventListener("beforeunload", (event) => { if (isChanged) event.preventDefault(); });
})();
