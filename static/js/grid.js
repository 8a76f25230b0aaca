// The grid of a dashboard: cells, what the server says of them, undo, save. Without this module the
// same cells are fields of a plain form.
import { Changes } from "./grid-changes.js";
import { Editor } from "./grid-editor.js";
import { MARKS, Messages } from "./grid-messages.js";
import { Server } from "./grid-server.js";
import { Sheet } from "./grid-sheet.js";
import { fill } from "./grid-text.js";

const form = document.getElementById("grid-form");
const said = JSON.parse(document.getElementById("grid-words").textContent);
const words = {
  empty: said.empty,
  was: (text) => (text ? fill(said.was, { text }) : said.wasEmpty),
  blank: said.blank,
  keep: (text) => fill(said.keep, { text }),
  take: (text) => fill(said.take, { text }),
  author: (who, when) => (who ? fill(said.author, { who, when }) : `${when}.`),
  range: (rows, columns) => fill(said.range, { rows, columns }),
  filled: (n) => (n === 1 ? said.filledOne : fill(said.filled, { n })),
  pasted: (n, outside) => [
    n === 1 ? said.pastedOne : fill(said.pasted, { n }),
    outside > 0 ? fill(said.pastedOutside, { n: outside }) : "",
  ].join(" ").trim(),
};
const byId = (id) => document.getElementById(id);
const bar = { place: byId("grid-place"), name: byId("grid-name"), read: byId("grid-read") };
const box = { all: byId("grid-save"), count: byId("grid-count"), submit: byId("grid-submit"), outcome: byId("grid-outcome") };
const MOST = 5000;
const PAUSE = 220;

const sheet = new Sheet(byId("grid"), words);
const changes = new Changes(`grid ${location.pathname} ${form.dataset.user}`, (key) => sheet.read(key));
const server = new Server(form);
const verdicts = new Map();
const waiting = new Set();
let timer = 0, isSaving = false, isLeaving = false;

const editor = new Editor(sheet, changes, words, {
  typed: (key) => { draw(key); ask([key]); count(); tell(); },
  written: (keys) => { keys.forEach(draw); ask(keys); count(); tell(); },
  moved: () => { if (document.activeElement === editor.field) ask([editor.key]); tell(); },
  drawn: (keys) => keys.forEach(draw),
  say,
  undo: () => turn("undo"),
  redo: () => turn("redo"),
  keys: () => open("grid-keys"),
});
const messages = new Messages(sheet, words, {
  pick: (key, which) => pick(key, which),
  explain: (key, reason) => { changes.explain(key, reason); ask([key]); },
  leave: (key) => editor.go(sheet.at(key)),
});

const mark = (entry) => JSON.stringify([entry.text, entry.was, entry.reason]);
// The verdict on a cell as it is written now; none while the server has not been heard.
function verdict(key) {
  const found = verdicts.get(key);
  return found?.of === mark(changes.entry(key)) ? found : null;
}

function draw(key) {
  const entry = changes.entry(key);
  const isChanged = changes.has(key);
  const found = isChanged ? verdict(key) : null;
  const told = found?.fault ? said[found.fault] : "";
  const isActive = key === editor.key;
  if (isActive) name(key, isChanged, told, found);
  sheet.draw(key, {
    text: entry.text, was: entry.was, isChanged, mark: found?.fault && MARKS[found.fault], told,
    field: isActive ? editor.field : null,
  });
}

// What a screen reader says of the active cell: indicator, column, state.
function name(key, isChanged, told, found) {
  const { row, column } = sheet.at(key);
  const { field } = editor;
  const words = [sheet.indicator(row), sheet.columns[column].label, isChanged && said.changed, told];
  field.setAttribute("aria-label", words.filter(Boolean).join(", "));
  field.toggleAttribute("aria-invalid", Boolean(told));
  if (told) field.setAttribute("aria-invalid", "true");
  if (found?.fault || found?.asks) field.setAttribute("aria-describedby", `m-${key}`);
  else field.removeAttribute("aria-describedby");
}

function tell() {
  const { row, column } = editor.active;
  const key = editor.key;
  bar.place.textContent = [sheet.objective(row), sheet.columns[column].label].filter(Boolean).join(" · ");
  bar.name.textContent = sheet.indicator(row);
  const found = verdict(key);
  const last = sheet.last(row, column, (one) => changes.text(one));
  const polarity = found?.polarity ? `${found.polarity[0].toUpperCase()}${found.polarity.slice(1)}.` : "";
  const sentences = found ? [
    found.reading && fill(said.reads, { reading: found.reading }), found.message, polarity,
    last?.text && fill(said.last, last),
    changes.has(key) && fill(said.saved, { text: changes.entry(key).was || said.nothing }),
  ] : [];
  const text = sentences.filter(Boolean).join(" ");
  if (bar.read.textContent !== text) bar.read.textContent = text;
}

function count() {
  const faults = changes.keys().map((key) => verdict(key)?.fault).filter(Boolean);
  box.count.textContent = changes.size === 1 ? said.changedOne : fill(said.changedMany, { n: changes.size });
  box.submit.textContent = changes.size === 1 ? said.saveOne : changes.size ? fill(said.saveMany, { n: changes.size }) : said.save;
  for (const jump of box.all.querySelectorAll("[data-jump]")) {
    const kinds = jump.dataset.jump.split(" ");
    const number = faults.filter((fault) => kinds.includes(fault)).length;
    jump.hidden = !number;
    jump.querySelector("span").textContent = `${number} ${said[kinds[0]]}`;
  }
  box.all.classList.toggle("cp-savebar--quiet", !changes.size);
  box.all.hidden = !changes.size && !box.outcome.textContent;
}

function say(text, link) {
  box.outcome.replaceChildren(text);
  if (link) box.outcome.append(" ", link);
  count();
}

// Asks the server, after a pause, how it reads the cells written; those of the same indicator go
// with them, since a result may answer for a target.
function ask(keys) {
  for (const key of keys) if (!verdict(key)) waiting.add(key);
  keys.forEach((key) => report(sheet.at(key).row));
  clearTimeout(timer);
  if (waiting.size) timer = setTimeout(check, PAUSE);
}
async function check() {
  const rows = new Set([...waiting].map((key) => sheet.at(key).row));
  const beside = changes.keys().filter((key) => rows.has(sheet.at(key).row));
  const sent = [...new Set([...waiting, ...beside])].slice(0, MOST).map((key) => changes.entry(key));
  waiting.clear();
  const { data, trouble } = await server.check(sent);
  if (data) hear(sent, data.cells);
  else if (trouble !== "offline") complain(trouble);
}
function hear(sent, heard) {
  const marks = new Map(sent.map((entry) => [entry.key, mark(entry)]));
  for (const one of heard) verdicts.set(one.key, { ...one, of: marks.get(one.key) });
  for (const { key } of heard) draw(key);
  for (const row of new Set(heard.map(({ key }) => sheet.at(key).row))) report(row);
  count();
  tell();
}
// The messages under a row, in the order of its cells.
function report(row) {
  const told = [];
  sheet.columns.forEach((column, place) => {
    const key = sheet.key(row, place);
    if (!column.isOpen || !changes.has(key)) return;
    const found = verdict(key) ?? { ...verdicts.get(key), fault: "", message: "" };
    if (found.key) told.push({ key, entry: changes.entry(key), verdict: found, label: column.label });
  });
  messages.show(row, told);
}

function pick(key, which) {
  const { saved } = verdicts.get(key);
  if (which === "mine") changes.rebase(key, saved);
  else changes.give(key, saved);
  editor.refresh();
  draw(key);
  ask([key]);
  editor.go(sheet.at(key));
  count();
}

function turn(verb) {
  editor.accept();
  const keys = changes[verb]();
  if (!keys.length) { say(verb === "undo" ? said.noUndo : said.noRedo); return; }
  editor.refresh();
  keys.forEach(draw);
  ask(keys);
  if (keys.length === 1) editor.go(sheet.at(keys[0]));
  say(verb === "undo" ? said.undone : said.redone);
  tell();
}

function abandon() {
  editor.accept();
  const keys = changes.keys();
  editor.write(keys.map((key) => [key, changes.entry(key).was]));
  say(keys.length === 1 ? said.abandonedOne : fill(said.abandoned, { n: keys.length }));
}

function jump(kinds) {
  const found = changes.keys().filter((key) => kinds.includes(verdict(key)?.fault))
    .map((key) => sheet.at(key)).sort((one, other) => one.row - other.row || one.column - other.column)[0];
  if (!found) return;
  const key = sheet.key(found.row, found.column);
  const inside = byId(`m-${key}`)?.querySelector("input, button");
  editor.go(found, { focus: !inside });
  if (inside) inside.focus();
}

async function save() {
  editor.accept();
  if (isSaving) return;
  if (!changes.size) { say(said.nothingToSave); return; }
  if (changes.size > MOST) { say(said.tooMany); return; }
  isSaving = true;
  say(said.saving);
  const sent = changes.keys().map((key) => changes.entry(key));
  const { data, trouble, error } = await server.save(sent);
  isSaving = false;
  if (!data) { complain(trouble, error); return; }
  if (data.cells) {
    hear(sent, data.cells);
    say(data.refused);
    jump(["notation", "closed", "conflict", "reason"]);
    return;
  }
  changes.settle(sent);
  editor.refresh();
  sent.forEach(({ key }) => { verdicts.delete(key); draw(key); });
  new Set(sent.map(({ key }) => sheet.at(key).row)).forEach(report);
  say(data.message);
  tell();
}

function complain(trouble, error) {
  const link = document.createElement("a");
  const texts = { session: said.sessionEnded, stale: said.stale, notOpen: said.notOpen, offline: said.offline, refused: error };
  if (trouble === "session") {
    link.href = `${form.dataset.login}?next=${encodeURIComponent(location.pathname)}`;
    link.textContent = said.signIn;
  } else if (trouble === "stale") {
    link.href = location.pathname;
    link.textContent = said.reload;
  }
  link.addEventListener("click", () => { isLeaving = true; });
  say(texts[trouble], link.href ? link : null);
}

function open(id) {
  editor.accept();
  byId(id).showModal();
}

// Regions in turn: grid, bar above, bar below.
function nextRegion() {
  const here = document.activeElement;
  const regions = [editor.field, byId("grid-bar"), box.all].filter((one) => !one.hidden);
  const at = regions.findIndex((one) => one.contains(here));
  const next = regions[(at + 1) % regions.length];
  (next === editor.field ? next : next.querySelector("button:not([hidden])")).focus();
}

form.addEventListener("submit", (event) => { event.preventDefault(); save(); });
form.addEventListener("click", ({ target }) => {
  const button = target.closest("[data-do], [data-jump]");
  if (!button) return;
  if (button.dataset.jump) jump(button.dataset.jump.split(" "));
  else ({ undo: () => turn("undo"), redo: () => turn("redo"), fill: () => editor.fillDown(), abandon })[button.dataset.do]();
});
document.addEventListener("click", ({ target }) => {
  const button = target.closest("[data-open]");
  if (button) open(button.dataset.open);
});
document.addEventListener("keydown", (event) => {
  if (document.querySelector("dialog[open]")) return;
  const isSave = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "s";
  if (isSave) save();
  else if (event.key === "F6") nextRegion();
  else return;
  event.preventDefault();
});
byId("grid-paste").addEventListener("close", ({ target }) => {
  const field = byId("grid-paste-text");
  if (target.returnValue === "paste" && field.value) editor.paste(field.value);
  field.value = "";
  target.returnValue = "";
  editor.field.focus();
});
byId("grid-keys").addEventListener("close", () => editor.field.focus());
addEventListener("beforeunload", (event) => {
  if (changes.size && !isLeaving) event.preventDefault();
});

const restored = changes.restore((key) => sheet.at(key));
// An address may name a cell: #t12-2021.
const asked = sheet.at(location.hash.slice(1));
editor.go(asked ?? editor.active, { focus: Boolean(asked) });
if (restored.length) {
  restored.forEach(draw);
  ask(restored);
  say(restored.length === 1 ? said.restoredOne : fill(said.restored, { n: restored.length }));
}
