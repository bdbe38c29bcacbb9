/* Chooses the level that the complaint suggests; the reason is asked for once the nurse chooses another. */
(() => {
  "use strict";
  const form = document.querySelector("[data-triage]");
  if (!form) return;
  const levels = JSON.parse(form.dataset.triage);
  const why = form.querySelector("[data-why]");
  const chosen = () => form.querySelector("[name=level]:checked")?.value ?? "";
  const suggested = () => String(levels[form.complaint.value] ?? "");
  const show = () => {
    const differs = suggested() !== "" && suggested() !== chosen();
    why.hidden = !differs && !form.reason.value;
    form.reason.required = differs;
  };
  form.complaint.addEventListener("change", () => {
    const radio = form.querySelector(`[name=level][value="${suggested()}"]`);
    if (radio) radio.checked = true;
    show();
  });
  form.addEventListener("change", show);
  show();
})();
