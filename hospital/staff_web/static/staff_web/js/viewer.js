/* Looking through images: arrows and wheel leaf, + and - zoom, dragging moves, sliders change light and contrast. */
(() => {
  "use strict";
  const viewer = document.querySelector("[data-viewer]");
  if (!viewer) return;
  const series = JSON.parse(document.getElementById("viewer-data").textContent);
  const find = (id) => document.getElementById(`viewer-${id}`);
  const [chosen, slice, gray, light, contrast] = ["series", "slice", "window", "light", "contrast"].map(find);
  const stage = viewer.querySelector(".viewer-stage");
  const image = stage.querySelector("img");
  const state = stage.querySelector(".viewer-state");
  const place = stage.querySelector(".viewer-place");
  const view = { series: Number(viewer.dataset.first), at: 0, zoom: 1, x: 0, y: 0 };

  const frames = () => series[view.series].frames;
  const address = (number) => frames()[number] + (gray.value && series[view.series].can_window ? `?window=${gray.value}` : "");

  function show() {
    image.src = address(view.at);
    image.alt = `${series[view.series].name} ${view.at + 1} / ${frames().length}`;
    place.textContent = `${view.at + 1} / ${frames().length}`;
    slice.value = view.at + 1;
    for (const [name, value] of [["place", series[view.series].places[view.at]], ["window", series[view.series].can_window ? gray.value : ""]]) {
      const field = document.querySelector(`#choose-dialog input[name=${name}]`);
      if (field) field.value = value;
    }
    for (const next of [view.at + 1, view.at - 1, view.at + 2]) {
      if (frames()[next]) new Image().src = address(next);
    }
  }

  function dress() {
    image.style.transform = `translate(${view.x}px, ${view.y}px) scale(${view.zoom})`;
    image.style.filter = `brightness(${light.value}%) contrast(${contrast.value}%)`;
  }

  function leaf(step) {
    const next = Math.min(Math.max(view.at + step, 0), frames().length - 1);
    if (next === view.at) return;
    view.at = next;
    show();
  }

  function zoom(factor) {
    view.zoom = Math.min(Math.max(view.zoom * factor, 1), 8);
    if (view.zoom === 1) view.x = view.y = 0;
    dress();
  }

  function reset() {
    light.value = contrast.value = 100;
    Object.assign(view, { zoom: 1, x: 0, y: 0 });
    dress();
  }

  function open(number) {
    Object.assign(view, { series: number, at: Math.floor((series[number].frames.length - 1) / 2) });
    slice.max = frames().length;
    slice.closest(".field").hidden = frames().length < 2;
    viewer.querySelector("[data-windows]").hidden = !series[number].can_window;
    reset();
    show();
  }

  const keys = {
    ArrowRight: () => leaf(1), ArrowDown: () => leaf(1), ArrowLeft: () => leaf(-1), ArrowUp: () => leaf(-1),
    PageDown: () => leaf(5), PageUp: () => leaf(-5), Home: () => leaf(-9999), End: () => leaf(9999),
    "+": () => zoom(1.25), "=": () => zoom(1.25), "-": () => zoom(0.8), 0: reset,
  };
  stage.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !keys[event.key]) return;
    event.preventDefault();
    event.stopPropagation();
    keys[event.key]();
  });
  stage.addEventListener("wheel", (event) => {
    event.preventDefault();
    if (event.ctrlKey) zoom(event.deltaY < 0 ? 1.1 : 0.9);
    else leaf(Math.sign(event.deltaY));
  }, { passive: false });
  stage.addEventListener("pointerdown", (event) => {
    stage.focus();
    const from = { x: event.clientX - view.x, y: event.clientY - view.y, at: view.at, top: event.clientY };
    stage.setPointerCapture(event.pointerId);
    stage.onpointermove = (moved) => {
      if (view.zoom > 1) {
        Object.assign(view, { x: moved.clientX - from.x, y: moved.clientY - from.y });
        dress();
      } else leaf(from.at + Math.round((moved.clientY - from.top) / 12) - view.at);
    };
    stage.onpointerup = stage.onpointercancel = () => { stage.onpointermove = null; };
  });
  image.addEventListener("load", () => { state.hidden = true; });
  image.addEventListener("error", () => { state.hidden = false; });
  chosen.addEventListener("change", () => open(Number(chosen.value)));
  slice.addEventListener("input", () => leaf(Number(slice.value) - 1 - view.at));
  gray.addEventListener("change", show);
  for (const slider of [light, contrast]) slider.addEventListener("input", dress);
  viewer.querySelectorAll("[data-zoom]").forEach((button) => button.addEventListener("click", () => {
    ({ in: () => zoom(1.25), out: () => zoom(0.8), reset })[button.dataset.zoom]();
  }));
  open(view.series);
})();
