// Filters work without this: here the address only gets shorter, without the fields left empty.

for (const form of document.querySelectorAll("form[data-filters]")) {
  const fields = () => [...form.elements].filter((field) => field.name && !field.value);
  form.addEventListener("submit", () => fields().forEach((field) => { field.disabled = true; }));
  // Coming back with the browser's arrow finds the form as it was left: with its fields off.
  addEventListener("pageshow", () => fields().forEach((field) => { field.disabled = false; }));
}

// On a laptop the filters are in view; browsers that cannot do it by style sheet open them here.
if (matchMedia("(min-width: 821px)").matches && !CSS.supports("selector(::details-content)")) {
  for (const filters of document.querySelectorAll("details.cp-filters")) filters.open = true;
}
