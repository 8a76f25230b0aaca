// The rows of the figures: kept as drafts while they are written, judged by the server, filled by a
// pasted column. Without this module the same rows are a plain form.
import { pastedRows } from "./recording-paste.js";
import { Row } from "./recording-row.js";

const form = document.getElementById("recording-form");
const words = JSON.parse(document.getElementById("recording-words").textContent);
const byId = (id) => document.getElementById(id);
const fill = (text, values) => text.replace(/\{(\w+)\}/g, (all, name) => values[name] ?? all);
const live = byId("live");
const PAUSE = 700;

const rows = [...form.querySelectorAll("li[data-entry]")].map((item) => new Row(item));
const byRow = new Map(rows.map((row) => [row.item, row]));
const waiting = new Set();
const unkept = new Map(); // rows that the server did not keep as they stand, with what is said of it
let timer = 0;
let sending = null;

function rowOf(target) {
  return byRow.get(target.closest("li[data-entry]"));
}

function say(text, isTrouble = false) {
  const place = byId("recording-saved");
  place.textContent = text;
  place.classList.toggle("cp-trouble", isTrouble);
  if (isTrouble) live.textContent = text;
}

const tell = (state, n) => (n === 1 && words[`${state}One`]) || fill(words[state], { n });
const bar = form.ownerDocument.querySelector(".cp-progress");
const DRAWN = [["done", ["submitted", "validated"]], ["ready", ["ready"]], ["wrong", ["wrong"]], ["incomplete", ["incomplete"]]];

// The same bar as the server draws: see strategy/templatetags/recording.py.
function draw(found) {
  const total = Object.entries(found).reduce((sum, [state, n]) => (state === "read_only" ? sum : sum + n), 0) || 1;
  let left = 0;
  for (const [look, states] of DRAWN) {
    const width = Math.floor((1000 * states.reduce((sum, state) => sum + (found[state] ?? 0), 0)) / total);
    const part = bar.querySelector(`.cp-bar-part--${look}`);
    part.setAttribute("x", left);
    part.setAttribute("width", Math.max(width - 3, 0));
    left += width;
  }
}

// How far the sheet has come, in the words of the page.
function count() {
  const found = {};
  for (const item of form.querySelectorAll("li[data-state]")) {
    found[item.dataset.state] = (found[item.dataset.state] ?? 0) + 1;
  }
  draw(found);
  const told = ["ready", "returned", "wrong", "incomplete", "blank"].filter((state) => found[state]);
  if (told.length) byId("recording-counts").textContent = `${told.map((state) => tell(state, found[state])).join(", ")}.`;
  const ready = found.ready ?? 0;
  const parts = [tell("ready", ready)];
  if (found.wrong) parts.push(tell("wrong", found.wrong));
  byId("recording-ready").textContent = parts.join(", ");
  byId("recording-send").textContent = ready === 1 ? words.sendOne : ready ? fill(words.sendMany, { n: ready }) : words.send;
}

async function ask(body, keepalive) {
  let answer;
  try {
    answer = await fetch(form.dataset.save, {
      method: "POST",
      redirect: "manual",
      keepalive,
      headers: {
        "Content-Type": "application/json",
        "X-CSRFToken": form.querySelector("[name=csrfmiddlewaretoken]").value,
      },
      body: JSON.stringify(body),
    });
  } catch {
    return { trouble: words.offline };
  }
  if (answer.type === "opaqueredirect") return { trouble: words.session };
  if (answer.status === 403) return { trouble: words.stale };
  try {
    const data = await answer.json();
    return answer.ok ? { data } : { trouble: data.error };
  } catch {
    return { trouble: words.offline };
  }
}

async function save(keepalive = false) {
  clearTimeout(timer);
  if (sending) await sending;
  const sent = [...waiting].map((row) => ({ row, written: row.read() }));
  waiting.clear();
  if (!sent.length) return;
  say(words.saving);
  sending = ask({ rows: sent.map((one) => one.written) }, keepalive);
  const { data, trouble } = await sending;
  sending = null;
  if (trouble) {
    // Nothing was kept: the same rows wait for the next time.
    for (const one of sent) waiting.add(one.row);
    say(trouble, true);
    return;
  }
  for (const told of data.rows) {
    const { row, written } = sent.find((one) => one.row.id === told.id);
    row.take(told, row.isAsWritten(written), conflictOf(row, told));
    if (told.unkept) unkept.set(row, told.conflict ? words.choose : fill(words.unkept, { name: row.name, why: told.unkept }));
    else unkept.delete(row);
  }
  const [first] = unkept.values();
  if (unkept.size > 1) say(fill(words.unkeptMany, { n: unkept.size }), true);
  else say(first ?? fill(words.saved, { at: data.at }), Boolean(first));
  count();
}

// Somebody else wrote in the row: which of the two stays is asked in the row itself.
function conflictOf(row, told) {
  if (!told.conflict) return null;
  return {
    text: fill(words.conflict, told.conflict),
    keep: words.keep,
    take: fill(words.take, told.conflict),
    onKeep: () => { row.seen = told.seen; later(row, 0); },
    onTake: () => location.reload(),
  };
}

function later(row, pause = PAUSE) {
  waiting.add(row);
  clearTimeout(timer);
  timer = setTimeout(() => save(), pause);
}

form.addEventListener("input", (event) => {
  const row = rowOf(event.target);
  if (row && event.target.type !== "file") later(row);
});
form.addEventListener("change", (event) => {
  const row = rowOf(event.target);
  if (!row || event.target.type === "file") return;
  if (event.target.name.startsWith("forecast-")) row.askWhy(event.target.value !== "yes");
  later(row);
});

form.addEventListener("paste", (event) => {
  const row = rowOf(event.target);
  const text = event.clipboardData?.getData("text/plain") ?? "";
  if (!row || !row.isFigure(event.target) || !/[\n\r\t]/.test(text.trimEnd())) return;
  event.preventDefault();
  const { filled, outside } = pastedRows(text, rows.slice(rows.indexOf(row)));
  for (const one of filled) later(one, 0);
  const told = [filled.length === 1 ? words.pastedOne : fill(words.pasted, { n: filled.length })];
  if (outside) told.push(outside === 1 ? words.pastedOutsideOne : fill(words.pastedOutside, { n: outside }));
  live.textContent = told.join(" ");
  const place = byId("recording-pasted");
  place.textContent = live.textContent;
  place.classList.toggle("cp-trouble", outside > 0);
});

// A save under way has to end before the form goes: it changes what the rows are read by.
form.addEventListener("submit", async (event) => {
  clearTimeout(timer);
  waiting.clear();
  if (!sending) return;
  event.preventDefault();
  const { submitter } = event;
  await sending;
  setTimeout(() => form.requestSubmit(submitter));
});
addEventListener("pagehide", () => { if (waiting.size && !sending) save(true); });

// What came back after a session that had ended is not what the page was loaded with.
for (const row of rows) if (row.isChanged()) later(row);
count();
