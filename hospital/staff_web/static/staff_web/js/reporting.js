/* Phrases: the server gives both sentences, each goes to the end of its own field. */
(() => {
  "use strict";
  const list = document.querySelector("[data-phrases]");
  if (!list) return;
  const fault = list.querySelector("[role=alert]");
  const tell = (words) => { fault.hidden = !words; fault.textContent = words; };

  function append(where, language, text) {
    const field = document.getElementById(`${where}-${language}`);
    if (!field || !text) return;
    field.value = field.value.trim() ? `${field.value.trimEnd()}\n${text}` : text;
    field.rows = Math.max(field.rows, Math.min(field.value.split("\n").length + 1, 14));
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  list.addEventListener("submit", async (event) => {
    event.preventDefault();
    const form = event.target;
    const asked = new URLSearchParams(new FormData(form));
    asked.set("template", form.dataset.template);
    try {
      const answer = await fetch(`${list.dataset.phrases}?${asked}`, { headers: { Accept: "application/json" } });
      const told = await answer.json();
      if (!answer.ok) return tell(told.message || "");
      tell("");
      for (const part of told.texts) {
        append(part.where, "zh", part.zh);
        append(part.where, "en", part.en);
      }
    } catch {
      tell(list.dataset.failed || "");
    }
  });
})();
