// The months of a unit: all at once, how many are chosen; the table and the list of the phone tick
// the same months.

const form = document.querySelector("form[data-ticks]");
const all = form.querySelector("input[data-all]");
const told = form.querySelector("[data-ticked]");
const boxes = [...form.querySelectorAll('input[name="plan"]')];

function tell() {
  const chosen = new Set(boxes.filter((box) => box.checked).map((box) => box.value));
  const every = new Set(boxes.map((box) => box.value));
  told.textContent = String(chosen.size);
  all.checked = chosen.size > 0 && chosen.size === every.size;
  all.indeterminate = chosen.size > 0 && !all.checked;
}

form.querySelector("label[data-all]").hidden = false;
form.addEventListener("change", (event) => {
  if (event.target === all) for (const box of boxes) box.checked = all.checked;
  if (event.target.name === "plan") for (const box of boxes) if (box.value === event.target.value) box.checked = event.target.checked;
  tell();
});
tell();
