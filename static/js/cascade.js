// The matrix of the cascade: arrows among the boxes, totals as one ticks, what is not saved yet.
// Without this module it is a plain form.
import { filterRows } from "./cascade-filter.js";
import { fill } from "./grid-text.js";

const byId = (id) => document.getElementById(id);
const form = byId("cascade-form");
const words = JSON.parse(byId("cascade-words").textContent);
const table = form.querySelector("table");
const rows = [...table.querySelectorAll("tr[data-i]")].map((line) => ({
  line, id: line.dataset.i, boxes: [...line.querySelectorAll("[name=box]")], total: line.querySelector(".cp-m--total"),
}));
const boxes = rows.flatMap((row) => row.boxes);
const rowOf = new Map(rows.flatMap((row) => row.boxes.map((box) => [box, row])));
const columns = rows[0].boxes.map((_box, index) => rows.map((row) => row.boxes[index]));
const signs = [...table.querySelectorAll("thead abbr")].map((sign) => sign.textContent);
const counts = columns.map(([box]) => document.querySelectorAll(`[data-count="${box.value.split("-")[1]}"]`));
const loaded = new Set(form.elements.loaded.value.split(";").slice(1).flatMap((row) => {
  const [indicator, goes] = row.split(":");
  return goes.split(" ").map((dashboard) => `${indicator}-${dashboard}`);
}));
const bar = { all: byId("cascade-save"), outcome: byId("cascade-outcome"), count: byId("cascade-count"), where: byId("cascade-where") };
const button = (verb) => bar.all.querySelector(`[data-do=${verb}]`);
const store = `cascade ${location.pathname} ${form.dataset.user}`;
const phrase = (name, n) => (n === 1 ? words[`${name}One`] : fill(words[name], { n }));

let active = boxes[0], abandoned = [], isLeaving = false;

const isChanged = (box) => box.checked !== loaded.has(box.value);
const changed = () => boxes.filter(isChanged);
const ticked = (row) => row.boxes.filter((box) => box.checked).length;

function draw(box) {
  const [indicator, dashboard] = box.getAttribute("aria-labelledby").split(" ");
  const word = isChanged(box) ? [`word-${box.checked ? "added" : "removed"}`] : [];
  box.setAttribute("aria-labelledby", [indicator, dashboard, ...word].join(" "));
  box.closest("td").classList.toggle("cp-tick--changed", isChanged(box));
}

function count() {
  for (const row of rows) row.total.textContent = ticked(row) || words.enteOnly;
  columns.forEach((column, index) => {
    const n = column.filter((box) => box.checked).length;
    for (const place of counts[index]) place.textContent = n;
  });
  byId("cascade-assigned").textContent = fill(words.shown, { n: rows.filter(ticked).length, all: rows.length });
}

// What is not saved: how many, on which dashboards; kept for the tab until it is.
function tell() {
  const added = changed().filter((box) => box.checked).length;
  const removed = changed().length - added;
  bar.count.textContent = [added && phrase("added", added), removed && phrase("removed", removed)].filter(Boolean).join(", ") || words.none;
  bar.where.textContent = columns.map((column, index) => {
    const moves = column.filter(isChanged).map((box) => (box.checked ? 1 : -1));
    const more = moves.filter((one) => one > 0).length, less = moves.length - more;
    return moves.length ? `${signs[index]} ${[more && `+${more}`, less && `−${less}`].filter(Boolean).join(" ")}` : "";
  }).filter(Boolean).join(", ") + (changed().length ? "." : "");
  button("abandon").hidden = !changed().length;
  bar.all.classList.toggle("cp-savebar--quiet", !changed().length);
  bar.all.hidden = !changed().length && !bar.outcome.textContent;
  keep();
}

function say(text, isAgain = false) {
  bar.outcome.textContent = text;
  button("again").hidden = !isAgain;
}

function refresh(some) {
  some.forEach(draw);
  count();
  tell();
}

function set(pairs) {
  for (const [box, isTicked] of pairs) box.checked = isTicked;
  refresh(pairs.map(([box]) => box));
}

function keep() {
  const pairs = changed().map((box) => [box.value, box.checked]);
  try {
    if (pairs.length) sessionStorage.setItem(store, JSON.stringify(pairs));
    else sessionStorage.removeItem(store);
  } catch { /* No room or no permission: the page still warns before it is left. */ }
}

function kept() {
  try { return JSON.parse(sessionStorage.getItem(store)); } catch { return null; /* damaged: nothing is kept */ }
}

function restore(pairs) {
  const wanted = new Map(Array.isArray(pairs) ? pairs : []);
  const back = boxes.filter((box) => wanted.has(box.value) && wanted.get(box.value) !== box.checked);
  set(back.map((box) => [box, wanted.get(box.value)]));
  if (back.length) say(phrase("restored", back.length));
  tell();
}

// One stop for the whole matrix, among the rows in view; the arrows go on from there.
function stop(box) {
  active.tabIndex = -1;
  active = box;
  active.tabIndex = 0;
}
function stayInView() {
  const inView = rows.filter((row) => !row.line.hidden);
  if (inView.length && !inView.includes(rowOf.get(active))) stop(inView[0].boxes[0]);
}

function step(box, key, isEdge) {
  const shown = rows.filter((row) => !row.line.hidden);
  const at = shown.indexOf(rowOf.get(box));
  const place = rowOf.get(box).boxes.indexOf(box);
  const last = columns.length - 1;
  const [line, column] = {
    ArrowUp: [at - 1, place], ArrowDown: [at + 1, place], ArrowLeft: [at, place - 1], ArrowRight: [at, place + 1],
    Home: [isEdge ? 0 : at, 0], End: [isEdge ? shown.length - 1 : at, last],
  }[key] ?? [];
  return shown[line]?.boxes[column] ?? (line === undefined ? null : box);
}

function pick(radio) {
  const row = rows.find((one) => `pick-${one.id}` === radio.name);
  const theirs = new Set(radio.closest("fieldset").dataset.saved.split(" "));
  const isMine = radio.value === "mine";
  set(row.boxes.map((box) => [box, isMine ? box.defaultChecked : theirs.has(box.value.split("-")[1])]));
}

form.addEventListener("change", ({ target }) => {
  if (target.name.startsWith("pick-")) pick(target);
  if (target.name !== "box") return;
  say("");
  const mine = form.querySelector(`[name="pick-${rowOf.get(target).id}"][value=mine]`);
  if (mine) mine.checked = true;
  refresh([target]);
});
form.addEventListener("focusin", ({ target }) => {
  if (target.name === "box") stop(target);
});
form.addEventListener("keydown", (event) => {
  if (event.target.name !== "box" || event.altKey) return;
  const key = event.key === "Enter" ? (event.shiftKey ? "ArrowUp" : "ArrowDown") : event.key;
  const next = step(event.target, key, event.ctrlKey);
  if (!next) return;
  event.preventDefault();
  next.focus();
});
document.addEventListener("keydown", (event) => {
  if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "s") return;
  event.preventDefault();
  form.requestSubmit();
});
form.addEventListener("click", ({ target }) => {
  const verb = target.closest("[data-do]")?.dataset.do;
  if (!verb) return;
  if (verb === "abandon") {
    abandoned = changed().map((box) => [box, box.checked]);
    set(abandoned.map(([box]) => [box, loaded.has(box.value)]));
    say(phrase("abandoned", abandoned.length), true);
    tell();
  } else {
    set(abandoned);
    say("");
    tell();
  }
  (verb === "abandon" ? button("again") : active).focus();
});
form.addEventListener("submit", () => { isLeaving = true; });
addEventListener("beforeunload", (event) => {
  if (changed().length && !isLeaving) event.preventDefault();
});
// A browser may put old ticks back by itself when one returns to the page.
addEventListener("pageshow", () => {
  isLeaving = false;
  refresh(boxes);
});

for (const box of boxes) box.tabIndex = box === active ? 0 : -1;
// Read before the page is drawn, which keeps what it finds. What came back refused is here already.
const unsaved = "refused" in form.dataset ? null : kept();
refresh(boxes);
restore(unsaved);
filterRows(rows, table, words, { isChanged: (row) => row.boxes.some(isChanged), isTicked: (row) => ticked(row) > 0, done: stayInView });
byId("cascade-refused")?.focus();
