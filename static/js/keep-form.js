// Keeps what was typed in a `form[data-keep]` through a session that ended meanwhile: in this tab,
// for this person, under the address of the form. It comes back only to who was sent to the sign-in
// and returned; whoever leaves the page, or saves it, leaves nothing behind.
const person = document.body.dataset.user ?? "";
const cameFromSignIn = new URL(document.referrer || "about:blank").pathname === document.body.dataset.signIn;

const nameOf = (form, index) => `keep-form:${location.pathname}:${form.getAttribute("action") ?? ""}:${index}`;
const isTyped = (field) => field.name && field.name !== "csrfmiddlewaretoken" && !["file", "hidden", "password", "submit"].includes(field.type);
const fieldsOf = (form) => [...form.elements].filter(isTyped);

function read(name) {
  try {
    const kept = JSON.parse(sessionStorage.getItem(name));
    return kept?.person === person ? kept.values : null;
  } catch {
    return null; // damaged: nothing is kept
  }
}

function keep(form, name) {
  const values = fieldsOf(form).map((field) => (["checkbox", "radio"].includes(field.type) ? field.checked : field.value));
  sessionStorage.setItem(name, JSON.stringify({ person, values }));
}

function restore(form, values) {
  fieldsOf(form).forEach((field, index) => {
    if (index >= values.length) return;
    if (typeof values[index] === "boolean") field.checked = values[index];
    else field.value = values[index];
  });
}

function tell(form) {
  const note = document.createElement("p");
  note.className = "cp-note cp-note--info";
  note.textContent = document.body.dataset.kept;
  form.prepend(note);
  document.getElementById("live").textContent = note.textContent;
}

[...document.querySelectorAll("form[data-keep]")].forEach((form, index) => {
  const name = nameOf(form, index);
  const values = read(name);
  if (values && cameFromSignIn) {
    restore(form, values);
    tell(form);
  } else sessionStorage.removeItem(name);
  // Its fields may stand elsewhere on the page (`form="…"`): what they say does not pass by the form.
  for (const said of ["input", "change"]) {
    document.addEventListener(said, (event) => { if (event.target.form === form) keep(form, name); });
  }
});
