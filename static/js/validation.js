// The queue of planning: all chosen at once, and how many are said in the button. Without this module
// each one is ticked and the button says it without a number.

const form = document.getElementById("queue-form");
const words = JSON.parse(document.getElementById("queue-said").textContent);
const button = document.getElementById("queue-words");
const all = form?.querySelector("[data-all]");
const boxes = () => [...form.querySelectorAll("input[name=chosen]")];

function count() {
  const chosen = boxes().filter((box) => box.checked).length;
  button.textContent = chosen === 0 ? words.none : chosen === 1 ? words.one : words.many.replace("{n}", chosen);
  const box = all.querySelector("input");
  box.checked = chosen > 0 && chosen === boxes().length;
  box.indeterminate = chosen > 0 && chosen < boxes().length;
}

if (button) {
  all.hidden = false;
  all.addEventListener("change", (event) => {
    for (const box of boxes()) box.checked = event.target.checked;
    count();
  });
  form.addEventListener("change", count);
  count();
}
