/* Changes are told at once: what has data-live with the address of the live process gets the event "live" for htmx. */
(() => {
  "use strict";
  if (globalThis.imcLive) return; // a desk and the bar above it both ask for this script
  globalThis.imcLive = true;
  const start = (element) => {
    let wasLost = false;
    const source = new EventSource(element.dataset.live);
    const tell = () => htmx.trigger(element, "live");
    source.onmessage = tell;
    source.onopen = () => { if (wasLost) tell(); wasLost = false; };
    source.onerror = () => { wasLost = true; };
  };
  document.querySelectorAll("[data-live]").forEach((element) => { if (element.dataset.live) start(element); });
})();
