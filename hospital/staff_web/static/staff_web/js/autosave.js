/* What saves itself is never lost: it says whether it is saved, tries again when the connection drops or the sign-in has
   ended, saves before the page is left, and warns when that fails. The text stays in the page, never in the browser's
   storage. */
(() => {
  "use strict";
  const find = (selector) => document.querySelector(selector);
  const WAITS = [2_000, 4_000, 8_000, 15_000, 30_000];
  const WINDOW = crypto.randomUUID?.() ?? `${Date.now()}-${Math.random()}`.slice(0, 36);
  const states = new Map();
  let turn = 0;
  let isLeaving = false;

  const stateOf = (element) => {
    if (!states.has(element)) states.set(element, { isDirty: false, isStuck: false, tries: 0, timer: 0, then: null });
    return states.get(element);
  };
  const saverOf = (target) => target?.closest?.("[data-autosave]");
  const unsaved = () => [...states].filter(([element, state]) => element.isConnected && state.isDirty);
  const say = (kind) => {
    const place = find("#saved");
    if (!place) return;
    place.classList.toggle("warn", kind !== "dirty");
    const text = document.createElement("span");
    text.textContent = place.dataset[kind];
    place.replaceChildren(text);
    if (kind !== "signedOut") return;
    const link = document.createElement("a");
    Object.assign(link, { href: location.pathname, target: "_blank", rel: "noopener", textContent: place.dataset.signIn });
    place.append(" ", link);
  };
  const save = (element) => htmx.trigger(element, "save-now");
  const later = (element, kind) => {
    const state = stateOf(element);
    state.isDirty = true;
    say(kind);
    clearTimeout(state.timer);
    state.timer = setTimeout(() => (kind === "signedOut" ? renew(element) : save(element)), WAITS[Math.min(state.tries++, WAITS.length - 1)]);
  };
  // After signing in again elsewhere this page's form token is old: a new one comes with the page itself.
  const renew = async (element) => {
    try {
      const answer = await fetch(location.href, { headers: { "X-Background": "1" }, cache: "no-store" });
      if (answer.ok && !answer.redirected) {
        const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").body.getAttribute("hx-headers");
        if (fresh) {
          document.body.setAttribute("hx-headers", fresh);
          const token = JSON.parse(fresh)["X-CSRFToken"];
          document.querySelectorAll("[name=csrfmiddlewaretoken]").forEach((field) => { field.value = token; });
        }
        save(element);
        return;
      }
    } catch { /* No connection: tried again like every save. */ }
    later(element, "signedOut");
  };

  document.addEventListener("input", (event) => {
    const element = saverOf(event.target);
    if (!element || event.isComposing) return;
    stateOf(element).isDirty = true;
    stateOf(element).typed = Date.now();
    if (!stateOf(element).tries && !stateOf(element).isStuck) say("dirty");
  });
  document.addEventListener("htmx:configRequest", (event) => {
    if (!saverOf(event.detail.elt)) return;
    event.detail.parameters.window = WINDOW;
    event.detail.parameters.turn = ++turn;
    stateOf(saverOf(event.detail.elt)).sent = Date.now();
  });
  document.addEventListener("htmx:beforeOnLoad", (event) => {
    const element = saverOf(event.detail.elt);
    if (!element) return;
    const { status } = event.detail.xhr;
    if (event.detail.xhr.getResponseHeader("HX-Redirect") !== null || status === 403) {
      event.preventDefault();
      later(element, "signedOut");
    } else if (status >= 500) {
      event.preventDefault();
      later(element, "failing");
    }
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    const element = saverOf(event.detail.elt);
    if (!element || !event.detail.xhr) return;
    const state = stateOf(element);
    const { status } = event.detail.xhr;
    if (status >= 200 && status < 300 && event.detail.xhr.getResponseHeader("HX-Redirect") === null) {
      clearTimeout(state.timer);
      Object.assign(state, { isDirty: (state.typed ?? 0) > state.sent, isStuck: false, tries: 0 });
      find("#saved")?.classList.remove("warn");
      const { then } = state;
      state.then = null;
      if (then && !state.isDirty) setTimeout(then);
    } else if (status >= 400 && status < 500 && status !== 403) {
      Object.assign(state, { isDirty: true, isStuck: true, then: null });
      say("stuck");
    }
  });
  ["htmx:sendError", "htmx:timeout"].forEach((name) => document.addEventListener(name, (event) => {
    const element = saverOf(event.detail.elt);
    if (!element) return;
    stateOf(element).then = null;
    later(element, "failing");
  }));
  addEventListener("online", () => unsaved().forEach(([element, state]) => { if (!state.isStuck) save(element); }));

  // Leaving: what is typed is saved first; what cannot be saved is warned of.
  const saveFirst = (event, go) => {
    const [first] = unsaved();
    if (!first || first[1].isStuck || first[1].tries) return false;
    event.preventDefault();
    event.stopImmediatePropagation();
    first[1].then = go;
    save(first[0]);
    return true;
  };
  // A signature waits until everything typed is saved: a page that cannot reach the server keeps its text.
  const signSaved = (event) => {
    const form = event.target;
    if (saveFirst(event, () => form.requestSubmit(event.submitter))) return;
    const [first] = unsaved();
    if (first) {
      event.preventDefault();
      event.stopImmediatePropagation();
      find("[data-conflict]")?.scrollIntoView({ block: "center" });
      if (!first[1].isStuck) save(first[0]);
      return;
    }
    form.elements.window.value = WINDOW;
    form.elements.turn.value = ++turn;
    isLeaving = true;
  };
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href]");
    if (!link || link.target || link.origin !== location.origin || link.getAttribute("href").startsWith("#")) return;
    if (event.button || event.ctrlKey || event.metaKey || event.shiftKey || link.hasAttribute("hx-get")) return;
    saveFirst(event, () => { location.href = link.href; });
  }, true);
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.id === "note-form") { if (find("#note-fields")) signSaved(event); return; }
    if (form.method !== "post" || form.hasAttribute("hx-post") || form.target === "_blank" || saverOf(form)) return;
    saveFirst(event, () => form.requestSubmit(event.submitter));
  }, true);
  addEventListener("beforeunload", (event) => { if (!isLeaving && unsaved().length) event.preventDefault(); });
  addEventListener("pageshow", () => { isLeaving = false; });

  // Two windows wrote one note: each section that differs is chosen, then saved over what the other one saved.
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-merge]");
    if (!button) return;
    const panel = button.closest("[data-conflict]");
    panel.querySelectorAll("[data-section]").forEach((section) => {
      const field = document.getElementById(section.dataset.section);
      const theirs = section.querySelector("[data-theirs]").textContent;
      const choice = section.querySelector("input:checked").value;
      if (choice === "theirs") field.value = theirs;
      if (choice === "both") field.value = `${theirs}\n${field.value}`;
    });
    find("#revision").value = panel.dataset.revision;
    panel.remove();
    const element = find("#note-fields");
    Object.assign(stateOf(element), { isDirty: true, isStuck: false });
    find("#complaint").focus();
    save(element);
  });
  if (find("[data-conflict]")) Object.assign(stateOf(find("#note-fields")), { isDirty: true, isStuck: true });
})();
