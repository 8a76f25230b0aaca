// A list with a tick on each line: all at once, how many, and a choice that ticks its own line.

const form = document.querySelector("[data-ticks]");
const all = form?.querySelector("[data-all]");
const told = form?.querySelector("[data-ticked]");
const ticks = () => [...form.querySelectorAll('tbody input[type="checkbox"]')];

function tell() {
  const count = ticks().filter((tick) => tick.checked).length;
  told.textContent = String(count);
  all.checked = count > 0 && count === ticks().length;
  all.indeterminate = count > 0 && !all.checked;
}

if (form) {
  all.hidden = false;
  all.addEventListener("change", () => {
    for (const tick of ticks()) tick.checked = all.checked;
    tell();
  });
  form.addEventListener("change", (event) => {
    if (event.target.type === "radio") event.target.closest("tr").querySelector('input[type="checkbox"]').checked = true;
    tell();
  });
  tell();
}
