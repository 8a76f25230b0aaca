// The calendar of a month: what each week still allows, arrows between the days, drag to choose.
// Without it each day is a box to tick and the form says what a rule stops.

const form = document.getElementById("days-form");
const words = JSON.parse(document.getElementById("days-words").textContent);
const live = document.getElementById("live");
const send = document.getElementById("days-send");
const told = document.getElementById("days-told");
const boxes = [...form.querySelectorAll('input[name="day"]')];
const was = new Set([...form.querySelectorAll('input[name="was"]')].map((one) => one.value));

const fill = (text, values) => Object.entries(values).reduce((made, [name, value]) => made.replace(`%(${name})s`, value), text);
const plural = (pair, count, name) => fill(pair[count === 1 ? 0 : 1], { [name]: count });

function tellWeek(row) {
  const used = row.querySelector("[data-used]");
  if (!used || !row.querySelector('input[name="day"]')) return;
  const most = Number(row.dataset.week);
  const fixed = Number(row.dataset.fixed);
  const taken = fixed + row.querySelectorAll('input[name="day"]:checked').length;
  used.textContent = fill(words.of, { taken, most });
  const unchosen = row.querySelectorAll('input[name="day"]:not(:checked)');
  const left = Math.min(most - taken, unchosen.length + Number(row.dataset.elsewhere));
  unchosen.forEach((box) => {
    if (!was.has(box.value)) box.nextElementSibling.textContent = taken >= most ? words.limit : words.ask;
  });
  const reached = taken > most ? words.exceeded : words.full;
  const short = taken >= most ? reached : words.nothing;
  row.querySelector("[data-left]").textContent = left > 0 ? plural(words.left, left, "left") : short;
  row.querySelectorAll(".cp-quota i").forEach((sign, place) => {
    if (!sign.classList.contains("cp-quota--approved")) sign.className = place < taken ? "cp-quota--waiting" : "cp-quota--free";
  });
}

function tell() {
  for (const row of form.querySelectorAll("tr[data-week]")) tellWeek(row);
  const count = boxes.filter((box) => box.checked).length;
  if (send) send.textContent = count ? plural(words.send, count, "count") : words.none;
}

function choose(box, wanted) {
  const row = box.closest("tr");
  const most = Number(row.dataset.week);
  const taken = Number(row.dataset.fixed) + row.querySelectorAll('input[name="day"]:checked').length;
  const over = wanted && taken > most;
  box.checked = wanted && !over;
  told.textContent = over ? fill(words.over, { most, article: row.dataset.article }) : "";
  if (over) live.textContent = told.textContent;
  if (!was.has(box.value)) box.nextElementSibling.textContent = box.checked ? words.chosen : words.ask;
  tell();
}

form.addEventListener("change", (event) => {
  if (event.target.name === "day") choose(event.target, event.target.checked);
});

// Arrows: the next or the previous day that can be chosen; up and down by a week.
form.addEventListener("keydown", (event) => {
  if (event.target.name !== "day") return;
  const place = boxes.indexOf(event.target);
  const day = new Date(event.target.value).getTime();
  const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: 7, ArrowUp: -7 }[event.key];
  if (!step) return;
  event.preventDefault();
  const weekOn = boxes.find((box) => new Date(box.value).getTime() === day + step * 86400000);
  (weekOn ?? boxes[place + Math.sign(step)])?.focus();
});

// Drag with a mouse: every day passed over becomes like the first one.
let painting = null;
form.addEventListener("pointerdown", (event) => {
  const box = event.pointerType === "mouse" && event.target.closest(".cp-pick")?.querySelector("input");
  painting = box ? { first: box, wanted: !box.checked, moved: false } : null;
  form.classList.toggle("cp-painting", Boolean(painting));
});
form.addEventListener("pointerover", (event) => {
  const box = painting && event.target.closest(".cp-pick")?.querySelector("input");
  if (!box || box === painting.first) return;
  if (!painting.moved) {
    painting.moved = true;
    painting.first.checked = painting.wanted;
    choose(painting.first, painting.wanted);
  }
  if (box.checked !== painting.wanted) {
    box.checked = painting.wanted;
    choose(box, painting.wanted);
  }
});
document.addEventListener("pointerup", () => setTimeout(() => {
  painting = null;
  form.classList.remove("cp-painting");
}));
form.addEventListener("click", (event) => {
  if (painting?.moved && event.target.closest(".cp-pick")) event.preventDefault();
});

tell();
