// Sections dragged to another place. The buttons beside each do the same, with or without script.

const list = document.querySelector("[data-order]");
const drop = document.querySelector("[data-drop]");
let dragged = null;

const lines = () => [...list.querySelectorAll("[data-section]")];
const level = (line) => Number(line.dataset.level);

// The line and all that is below it.
function branch(line) {
  const all = lines();
  const place = all.indexOf(line);
  const end = all.findIndex((other, index) => index > place && level(other) <= level(line));
  return all.slice(place, end === -1 ? undefined : end);
}

// Above the middle of a line: before it; below: after it, with all that it holds.
function target(line, event) {
  const box = line.getBoundingClientRect();
  return { line, after: event.clientY > box.top + box.height / 2 };
}

function unmark() {
  for (const line of lines()) line.classList.remove("cp-outline__line--before", "cp-outline__line--after");
}

function send({ line, after }) {
  const sameParent = line.dataset.parent === dragged.dataset.parent;
  let index = Number(line.dataset.index) + (after ? 1 : 0);
  // The place is counted without the section that moves.
  if (sameParent && Number(dragged.dataset.index) < index) index -= 1;
  drop.elements.section.value = dragged.dataset.section;
  drop.elements.parent.value = line.dataset.parent;
  drop.elements.index.value = index;
  drop.submit();
}

for (const line of list ? lines() : []) {
  const grip = line.querySelector("[data-grip]");
  grip.hidden = false;
  line.draggable = true;
  line.addEventListener("dragstart", (event) => {
    dragged = line;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", line.dataset.section);
  });
  line.addEventListener("dragend", () => { dragged = null; unmark(); });
  line.addEventListener("dragover", (event) => {
    if (!dragged || branch(dragged).includes(line)) return;
    event.preventDefault();
    unmark();
    line.classList.add(target(line, event).after ? "cp-outline__line--after" : "cp-outline__line--before");
  });
  line.addEventListener("drop", (event) => {
    if (!dragged || branch(dragged).includes(line)) return;
    event.preventDefault();
    send(target(line, event));
  });
}
