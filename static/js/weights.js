// The sum of the weights while they are typed; the server adds them up again.

const fields = [...document.querySelectorAll("[data-weight]")];
const sum = document.querySelector("[data-weight-sum]");

// Cents, so that 0,1 and 0,2 make 0,3.
const cents = (field) => Math.round(Number(field.value.trim().replace(",", ".")) * 100);

function add() {
  const weights = fields.map(cents);
  const total = weights.reduce((all, one) => all + one, 0);
  sum.textContent = Number.isFinite(total) ? String(total / 100).replace(".", ",") : "–";
}

for (const field of fields) field.addEventListener("input", add);
if (sum) add();
