/* The week by keyboard and by hand: arrows go from card to card, a dragged card proposes where to move its session. */
(() => {
  "use strict";
  const grid = document.querySelector("[data-roster]");
  document.querySelector("[data-print]")?.addEventListener("click", () => window.print());
  if (!grid) return;

  const cells = (row) => [...row.querySelectorAll("td[data-day]")];
  const cards = (cell) => [...cell.querySelectorAll("[data-session]")];
  const focusIn = (cell, at) => {
    const found = cards(cell);
    found[Math.min(at, found.length - 1)]?.focus();
    return found.length > 0;
  };
  const walk = (row, column, step) => {
    for (let next = row; next; next = step > 0 ? next.nextElementSibling : next.previousElementSibling) {
      const cell = cells(next)[column];
      if (next !== row && cell && focusIn(cell, step > 0 ? 0 : Infinity)) return;
    }
  };
  const aside = (row, column, at, step) => {
    const found = cells(row);
    for (let next = column + step; next >= 0 && next < found.length; next += step) {
      if (focusIn(found[next], at)) return;
    }
  };
  const moves = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };
  document.addEventListener("keydown", (event) => {
    const move = moves[event.key];
    if (!move || event.target.closest("input, select, textarea, dialog")) return;
    const card = document.activeElement?.closest("[data-session]");
    const cell = card?.closest("td[data-day]");
    if (!cell) {
      if (event.target === document.body) grid.querySelector("[data-session]")?.focus();
      return;
    }
    event.preventDefault();
    event.stopImmediatePropagation();
    const row = cell.parentElement;
    const column = cells(row).indexOf(cell);
    const at = cards(cell).indexOf(card);
    const sibling = cards(cell)[at + move[0]];
    if (move[1]) aside(row, column, at, move[1]);
    else if (sibling) sibling.focus();
    else walk(row, column, move[0]);
  }, true);

  let dragged = null;
  const over = (cell) => {
    grid.querySelectorAll("td.is-over").forEach((each) => each.classList.remove("is-over"));
    cell?.classList.add("is-over");
  };
  grid.addEventListener("dragstart", (event) => {
    dragged = event.target.closest("a[draggable]");
    event.dataTransfer?.setData("text/plain", dragged?.href ?? "");
  });
  grid.addEventListener("dragover", (event) => {
    const cell = event.target.closest("td[data-day]");
    if (!dragged || !cell) return;
    event.preventDefault();
    over(cell);
  });
  grid.addEventListener("dragend", () => { dragged = null; over(null); });
  grid.addEventListener("drop", (event) => {
    const cell = event.target.closest("td[data-day]");
    if (!dragged || !cell) return;
    event.preventDefault();
    const address = new URL(dragged.href);
    address.searchParams.set("day", cell.dataset.day);
    address.searchParams.set("clinician", cell.dataset.clinician);
    window.location.assign(address);
  });
})();
