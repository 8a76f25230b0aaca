// The months of a unit: all at once, how many are chosen.

const form = document.querySelector("form[data-ticks]");
const all = form.querySelector("input[data-all]");
const told = form.querySelector("[data-ticked]");
const boxes = [...form.querySelectorAll('input[name="plan"]')];

function tell() {
  const chosen = boxes.filter((box) => box.checked).length;
  told.textContent = String(chosen);
  all.checked = chosen > 0 && chosen === boxes.length;
  all.indeterminate = chosen > 0 && !all.checked;
}

form.querySelector("label[data-all]").hidden = false;
form.addEventListener("change", (event) => {
  if (event.target === all) for (const box of boxes) box.checked = all.checked;
  tell();
});
tell();
