/* The staff pages' own script: keys, menus, countdowns, one submit at a time. Everything works without it but the keys. */
(() => {
  "use strict";
  const find = (selector, root = document) => root.querySelector(selector);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const isTyping = (element) => element?.matches?.("input, textarea, select, [contenteditable]") ?? false;
  const isComposing = (event) => event.isComposing || event.keyCode === 229;

  /* ---- Keys: letters work only outside fields and outside an input method's composition ---- */
  const moveInQueue = (step) => {
    const items = all("[data-queue] .queue-item, [data-rows] [data-row]").filter((item) => item.offsetParent);
    if (!items.length) return;
    let at = items.indexOf(document.activeElement);
    if (at < 0) at = items.findIndex((item) => item.getAttribute("aria-current") === "true");
    const next = items[Math.min(items.length - 1, Math.max(0, at + step))];
    next.focus();
    next.scrollIntoView({ block: "nearest" });
  };
  const openKeys = () => {
    const dialog = find("#keys-dialog");
    if (!dialog || dialog.open) return;
    find("[data-keys-copy]").replaceChildren(...all("[data-keys] .key").map((key) => {
      const line = document.createElement("p");
      line.className = "mt row";
      line.append(...[...key.childNodes].map((node) => node.cloneNode(true)));
      return line;
    }));
    dialog.showModal();
  };
  const toggleDrawer = () => {
    const drawer = find("[data-drawer]");
    if (!drawer) return;
    drawer.classList.toggle("is-open");
    if (drawer.classList.contains("is-open")) find("a, button, input, select, textarea", drawer)?.focus();
  };
  const pressMain = () => {
    const main = all("[data-main]").find((button) => button.offsetParent && !button.disabled);
    main?.click();
  };
  const pressLetter = (name) => {
    const found = all(`[data-key="${CSS.escape(name)}"]`).filter((element) => element.offsetParent && !element.disabled);
    const row = document.activeElement?.closest("tr");
    const target = found.find((element) => row?.contains(element)) ?? found[0];
    if (!target) return false;
    if (isTyping(target)) target.focus(); else target.click();
    return true;
  };
  const plain = {
    "/": () => find("#omni")?.focus(),
    "?": openKeys,
    j: () => moveInQueue(1),
    k: () => moveInQueue(-1),
    ArrowDown: () => moveInQueue(1),
    ArrowUp: () => moveInQueue(-1),
  };
  const moves = new Set(["ArrowDown", "ArrowUp"]);
  const onPlainKey = (event) => {
    const name = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    if (moves.has(name) && !document.activeElement?.closest("[data-queue], [data-rows]")) return;
    if (!(name in plain)) {
      if (pressLetter(name)) event.preventDefault();
      return;
    }
    event.preventDefault();
    plain[name]();
  };
  const onOmniKey = (event) => {
    if (!event.target.closest?.(".omni") || !["ArrowDown", "ArrowUp"].includes(event.key)) return false;
    const options = all("#omni-results .option");
    if (!options.length) return false;
    event.preventDefault();
    const at = options.indexOf(document.activeElement) + (event.key === "ArrowDown" ? 1 : -1);
    (options[at] ?? find("#omni")).focus();
    return true;
  };
  const onEscape = () => {
    all("details[data-menu][open]").forEach((menu) => { menu.open = false; });
    find("#omni-results")?.replaceChildren();
    find("[data-drawer].is-open")?.classList.remove("is-open");
    if (isTyping(document.activeElement) && !document.activeElement.closest("dialog")) document.activeElement.blur();
  };
  document.addEventListener("keydown", (event) => {
    if (isComposing(event) || event.defaultPrevented) return;
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); pressMain(); return; }
    if (event.altKey && event.key === "4") { event.preventDefault(); toggleDrawer(); return; }
    if (onOmniKey(event)) return;
    if (event.key === "Escape") { onEscape(); return; }
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target) || find("dialog[open]")) return;
    onPlainKey(event);
  });

  /* ---- Input methods: a search hears of Chinese only when the characters stand ---- */
  document.addEventListener("input", (event) => {
    if (event.isComposing) event.stopImmediatePropagation();
  }, true);
  document.addEventListener("compositionend", (event) => {
    event.target.dispatchEvent(new Event("input", { bubbles: true }));
  });

  /* ---- Menus, drawer, dialogs, notices ---- */
  const clicks = {
    "[data-theme-toggle]": () => {
      const theme = document.documentElement.dataset.theme === "dark" ? "light" : "dark";
      document.cookie = `imc_theme=${theme}; path=/; max-age=31536000; samesite=lax`;
      document.documentElement.dataset.theme = theme;
      location.reload();
    },
    "[data-drawer-toggle]": toggleDrawer,
    "[data-keys-open]": openKeys,
    "[data-close]": (target) => target.closest("dialog").close(),
    "[data-dismiss]": (target) => target.closest("[role=alert], [role=status]").remove(),
    "[data-open]": (target) => find(target.dataset.open)?.showModal(),
    "[data-reveal]": (target) => {
      const field = document.getElementById(target.dataset.reveal);
      field.type = field.type === "password" ? "text" : "password";
      target.setAttribute("aria-pressed", String(field.type === "text"));
    },
    "[data-check-all]": (target) => {
      all(target.dataset.checkAll).forEach((box) => { if (!box.disabled) box.checked = target.checked; });
    },
    "[data-why]": (target) => {
      const why = document.getElementById(target.dataset.why);
      const was = why.hidden;
      all(".why").forEach((each) => { each.hidden = true; });
      why.hidden = !was;
    },
    "[data-unmask]": (target) => askToUnmask(target),
  };
  document.addEventListener("click", (event) => {
    all("details[data-menu][open]").forEach((menu) => { if (!menu.contains(event.target)) menu.open = false; });
    if (!event.target.closest(".omni")) find("#omni-results")?.replaceChildren();
    for (const [selector, act] of Object.entries(clicks)) {
      const target = event.target.closest(selector);
      if (target) { act(target); return; }
    }
  });
  const notice = (text) => {
    const box = document.createElement("div");
    box.className = "alert alert-danger";
    box.setAttribute("role", "alert");
    box.textContent = text;
    find("#notices")?.replaceChildren(box);
  };
  // What saves itself and says so in its own place needs no notice.
  const sayFailed = (event) => {
    if (!(find("#saved") && event.detail.elt?.closest?.("[data-autosave]"))) notice(document.body.dataset.failed);
  };
  ["htmx:sendError", "htmx:timeout", "htmx:responseError"].forEach((name) => document.addEventListener(name, sayFailed));
  document.addEventListener("htmx:beforeRequest", (event) => {
    if (event.detail.requestConfig?.verb !== "get") find("#notices")?.replaceChildren();
  });

  /* ---- Unmasking: a reason, ten seconds, nothing kept ---- */
  let masked = null;
  const askToUnmask = (button) => {
    masked = button;
    const dialog = find("#unmask-dialog");
    find("form", dialog).reset();
    find("[data-unmask-error]", dialog).hidden = true;
    find("[data-unmask-label]", dialog).textContent = button.dataset.label;
    dialog.showModal();
    find("[name=reason]", dialog).focus();
  };
  const reveal = (text) => {
    const value = masked.parentElement.querySelector(".mask-value");
    const before = value.textContent;
    value.textContent = text;
    value.classList.add("hit");
    setTimeout(() => { value.textContent = before; value.classList.remove("hit"); }, 10_000);
  };
  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (!form.matches("[data-unmask-form]")) return;
    event.preventDefault();
    const body = new FormData(form);
    body.set("field", masked.dataset.unmask);
    const headers = { "X-CSRFToken": JSON.parse(document.body.getAttribute("hx-headers"))["X-CSRFToken"] };
    const answer = await fetch(masked.dataset.href, { method: "POST", body, headers, cache: "no-store" });
    const facts = await answer.json().catch(() => ({ text: document.body.dataset.failed }));
    const error = find("[data-unmask-error]", form);
    error.hidden = answer.ok;
    find("span", error).textContent = answer.ok ? "" : facts.text;
    if (answer.ok) { find("#unmask-dialog").close(); reveal(facts.text); }
  });

  /* ---- One submit at a time ---- */
  const setBusy = (form, busy) => {
    form.toggleAttribute("aria-busy", busy);
    all("button:not([type=button])", form).forEach((button) => { button.disabled = busy; });
    if (form.id) all(`button[form="${CSS.escape(form.id)}"]`).forEach((button) => { button.disabled = busy; });
  };
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post" || form.hasAttribute("hx-post") || form.target === "_blank" || event.defaultPrevented) return;
    if (form.hasAttribute("aria-busy")) { event.preventDefault(); return; }
    setTimeout(() => setBusy(form, true));
    setTimeout(() => setBusy(form, false), 15_000);
  });
  document.addEventListener("htmx:beforeRequest", (event) => {
    const form = event.target.closest?.("form");
    if (event.target.closest?.("[data-autosave]")) return;
    if (form && event.detail.requestConfig?.verb !== "get") setBusy(form, true);
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    const form = event.target.closest?.("form");
    if (form) setBusy(form, false);
  });
  addEventListener("pageshow", () => all("form[aria-busy]").forEach((form) => setBusy(form, false)));

  /* ---- A row of tabs that is wider than the screen begins with the one that is open ---- */
  all(".seg > [aria-current], .tabs > [aria-current]").forEach((open) => {
    const row = open.parentElement;
    const before = open.getBoundingClientRect().left - row.getBoundingClientRect().left;
    row.scrollLeft += before - (row.clientWidth - open.offsetWidth) / 2;
  });

  /* ---- Countdowns tick here from the server's deadline; the server decides at submit ---- */
  const tick = () => {
    all("[data-deadline]").forEach((element) => {
      const left = Math.round((Date.parse(element.dataset.deadline) - Date.now()) / 1000);
      const place = find("[data-left]", element) ?? element;
      place.textContent = left <= 0 ? (element.dataset.ended ?? document.body.dataset.ended)
        : `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
      element.classList.toggle("is-over", left <= 0);
    });
  };
  setInterval(tick, 1000);
  tick();

  /* ---- Sign-in: say that Caps Lock is on ---- */
  document.addEventListener("keyup", (event) => {
    const hint = find("[data-caps]");
    if (hint && event.target.type === "password") hint.hidden = !event.getModifierState?.("CapsLock");
  });
  all(".toast").forEach((toast) => setTimeout(() => toast.remove(), 6000));
})();
