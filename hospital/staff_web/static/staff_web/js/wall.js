/* The wall board keeps itself fresh, says when it cannot, and calls with the browser's voice: Chinese, then English. */
(() => {
  "use strict";
  const OFTEN = 2000;
  const SELDOM = 15000;
  const GIVE_UP = 5000;
  const find = (selector) => document.querySelector(selector);
  const wall = find("#wall");
  const lost = find("#lost");
  const sound = find("#sound");
  let timer = 0;
  let source = null;
  let isAsking = false;
  let isTold = false;

  /* ---- The voice: once a call, never what was called before the sound was switched on ---- */
  const say = (text, lang) => {
    const words = new SpeechSynthesisUtterance(text);
    words.lang = lang;
    words.rate = 0.9;
    speechSynthesis.speak(words);
  };
  const calls = () => JSON.parse(find("[data-spoken]")?.dataset.spoken || "[]");
  let known = new Set(calls().map((call) => call.id));
  const callOut = () => {
    const present = calls();
    const fresh = present.filter((call) => !known.has(call.id));
    known = new Set(present.map((call) => call.id));
    if (fresh.length) find(".wall-call.is-first")?.classList.add("is-fresh");
    if (sound.getAttribute("aria-pressed") !== "true") return;
    fresh.reverse().forEach((call) => { say(call.zh, "zh-CN"); say(call.en, "en-US"); });
  };
  sound.addEventListener("click", () => {
    const isOn = sound.getAttribute("aria-pressed") !== "true";
    sound.setAttribute("aria-pressed", String(isOn));
    if (isOn) { say("叫号声已打开", "zh-CN"); say("Sound is on", "en-US"); } else speechSynthesis.cancel();
  });

  /* ---- Fresh ---- */
  const look = async () => {
    if (isAsking) { isTold = true; return; }
    isAsking = true;
    isTold = false;
    clearTimeout(timer);
    try {
      const answer = await fetch(document.body.dataset.state, { cache: "no-store", signal: AbortSignal.timeout(GIVE_UP) });
      if (answer.status === 404) { location.reload(); return; }
      if (!answer.ok) throw new Error(String(answer.status));
      wall.innerHTML = await answer.text();
      lost.hidden = true;
      callOut();
      listen();
    } catch {
      const at = find("[data-live]")?.dataset.at ?? "";
      lost.querySelectorAll("[data-at]").forEach((place) => { place.textContent = at; });
      lost.hidden = false;
    }
    isAsking = false;
    timer = setTimeout(look, isTold ? 0 : source?.readyState === 1 && lost.hidden ? SELDOM : OFTEN);
  };
  const listen = () => {
    const address = find("[data-live]")?.dataset.live ?? "";
    if (!address || source?.url === address && source.readyState !== 2) return;
    source?.close();
    source = new EventSource(address);
    let wasLost = false;
    source.onmessage = look;
    source.onopen = () => { if (wasLost) look(); wasLost = false; };
    source.onerror = () => { if (!wasLost) look(); wasLost = true; };
  };

  const tick = () => {
    const now = new Date();
    find("#clock").textContent = now.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: "Asia/Shanghai" });
    const day = { weekday: "short", day: "numeric", month: "short", timeZone: "Asia/Shanghai" };
    find("#today").textContent = `${now.toLocaleDateString("zh-CN", { month: "long", day: "numeric", weekday: "short", timeZone: "Asia/Shanghai" })} ${now.toLocaleDateString("en-GB", day)}`;
  };
  tick();
  setInterval(tick, 5000);
  listen();
  timer = setTimeout(look, OFTEN);
})();
