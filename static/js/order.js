// Lines of a list dragged to another place. The buttons beside each do the same, with or without script.
// With `data-levels="kept"` a line stays at its depth: it goes beside one of its own, or first under
// one that holds its like.

const list = document.querySelector("[data-order]");
const drop = document.querySelector("[data-drop]");
const keepsLevel = list?.dataset.levels === "kept";
let dragged = null;

const lines = () => [...list.querySelectorAll("[data-level]")];
const level = (line) => Number(line.dataset.level);
const key = (line) => line.dataset.key ?? line.dataset.item;

// The line and all that is below it.
function branch(line) {
  const all = lines();
  const place = all.indexOf(line);
  const end = all.findIndex((other, index) => index > place && level(other) <= level(line));
  return all.slice(place, end === -1 ? undefined : end);
}

function takes(line) {
  if (!dragged || branch(dragged).includes(line)) return false;
  return !keepsLevel || level(line) === level(dragged) || level(line) === level(dragged) - 1;
}

const holds = (line) => keepsLevel && level(line) < level(dragged);

// Above the middle of a line: before it; below: after it, with all that it holds. On one that holds
// such lines: first under it.
function target(line, event) {
  const box = line.getBoundingClientRect();
  return { line, after: holds(line) || event.clientY > box.top + box.height / 2 };
}

function unmark() {
  for (const line of lines()) line.classList.remove("cp-outline__line--before", "cp-outline__line--after");
}

function send({ line, after }) {
  const parent = holds(line) ? key(line) : line.dataset.parent;
  let index = holds(line) ? 0 : Number(line.dataset.index) + (after ? 1 : 0);
  // The place is counted without the line that moves.
  if (parent === dragged.dataset.parent && Number(dragged.dataset.index) < index) index -= 1;
  const field = (name) => drop.elements.namedItem(name);
  field(list.dataset.order).value = dragged.dataset.item;
  field("parent").value = parent;
  field("index").value = index;
  drop.submit();
}

for (const line of list ? lines() : []) {
  const grip = line.querySelector("[data-grip]");
  if (grip) {
    grip.hidden = false;
    line.draggable = true;
    line.addEventListener("dragstart", (event) => {
      dragged = line;
      event.dataTransfer.effectAllowed = "move";
      event.dataTransfer.setData("text/plain", line.dataset.item);
    });
    line.addEventListener("dragend", () => { dragged = null; unmark(); });
  }
  line.addEventListener("dragover", (event) => {
    if (!takes(line)) return;
    event.preventDefault();
    unmark();
    line.classList.add(target(line, event).after ? "cp-outline__line--after" : "cp-outline__line--before");
  });
  line.addEventListener("drop", (event) => {
    if (!takes(line)) return;
    event.preventDefault();
    send(target(line, event));
  });
}
