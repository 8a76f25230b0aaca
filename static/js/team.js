// The months of a unit: all at once, how many are chosen, how many the button approves.

const form = document.querySelector("form[data-ticks]");
const all = form.querySelector("input[data-all]");
const told = form.querySelector("[data-ticked]");
const approve = form.querySelector("[data-approve]");
const words = JSON.parse(document.getElementById("team-words").textContent);
const boxes = [...form.querySelectorAll('input[name="plan"]')];

function tell() {
  const chosen = boxes.filter((box) => box.checked).length;
  told.textContent = String(chosen);
  approve.textContent = chosen ? words.approve[chosen === 1 ? 0 : 1].replace("%(count)s", chosen) : words.none;
  all.checked = chosen > 0 && chosen === boxes.length;
  all.indeterminate = chosen > 0 && !all.checked;
}

form.querySelector("label[data-all]").hidden = false;
form.addEventListener("change", (event) => {
  if (event.target === all) for (const box of boxes) box.checked = all.checked;
  tell();
});
tell();
