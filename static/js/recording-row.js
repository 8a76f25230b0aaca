// One row: its fields, what the server says of them, the choice when two people wrote in it.

const FIELDS = ["value", "numerator", "denominator", "forecast", "reason", "cause", "corrective_action", "note", "correction"];

export class Row {
  constructor(item) {
    this.item = item;
    this.id = Number(item.dataset.row);
    this.entry = item.dataset.entry;
    this.more = item.querySelector("details");
  }
  #fields(name) { return [...this.item.querySelectorAll(`[name="${name}-${this.id}"]`)]; }
  field(name) { return this.#fields(name)[0]; }
  get name() { return document.getElementById(`n-${this.id}`).textContent; }
  get seen() { return this.field("seen").value; }
  set seen(token) { this.field("seen").value = token; }

  // What stands in the row, as the server is sent it.
  read() {
    const written = { id: this.id, seen: this.seen };
    for (const name of FIELDS) {
      const fields = this.#fields(name);
      if (!fields.length) continue;
      written[name] = (fields.find((one) => one.checked) ?? fields.find((one) => one.type !== "radio"))?.value ?? "";
    }
    return written;
  }
  isAsWritten(written) { return JSON.stringify({ ...this.read(), seen: "" }) === JSON.stringify({ ...written, seen: "" }); }
  isChanged() {
    return FIELDS.flatMap((name) => this.#fields(name)).some((field) => {
      if (field.type === "radio") return field.checked !== field.defaultChecked;
      if (field.localName === "select") return ![...field.options].find((one) => one.defaultSelected)?.selected && field.value !== "";
      return field.value !== field.defaultValue;
    });
  }
  isFigure(field) { return ["value", "numerator", "denominator"].some((name) => this.#fields(name).includes(field)); }

  // Puts texts into the fields; of what is not one of the choices, the hidden field keeps the text.
  write(texts) {
    for (const [name, text] of Object.entries(texts)) {
      for (const field of this.#fields(name)) {
        if (field.type === "radio") field.checked = field.value === text;
        else field.value = text;
      }
    }
  }

  askWhy(isAsked) {
    const note = this.item.querySelector("[data-asked]");
    if (!note) return;
    note.hidden = !isAsked;
    if (isAsked && this.more) this.more.open = true;
  }

  // What the server says: the word beside the row and the messages, if the row still says the same.
  take(told, isSame, conflict) {
    if (conflict) {
      this.#look(told.state);
      this.#choose(conflict);
      return;
    }
    if (told.seen) this.seen = told.seen;
    if (!isSame) return;
    this.#look(told.state);
    const result = this.item.querySelector("[data-printed]");
    if (result) result.textContent = told.printed ? `= ${told.printed}` : "";
    this.askWhy(told.asks);
    for (const place of this.item.querySelectorAll("[data-message]")) this.#tell(place, told.messages[place.dataset.message]);
  }

  #look(state) {
    this.item.dataset.state = state;
    const look = document.getElementById(`look-${state}`);
    this.item.querySelector("[data-look]").replaceChildren(look.content.cloneNode(true));
  }

  #tell(place, message) {
    const isWrong = Boolean(message?.wrong);
    place.hidden = !message;
    place.textContent = message?.text ?? "";
    place.className = message && !isWrong ? "cp-field__missing" : "cp-field__error";
    for (const field of this.#fields(place.dataset.message)) {
      field.closest(".cp-field")?.classList.toggle("cp-field--error", isWrong);
      field.closest(".cp-segs")?.classList.toggle("cp-segs--wrong", isWrong);
      field.toggleAttribute("aria-invalid", isWrong);
      if (isWrong) field.setAttribute("aria-invalid", "true");
      if (message) field.setAttribute("aria-describedby", place.id);
      else field.removeAttribute("aria-describedby");
    }
    if (isWrong && this.more?.contains(place)) this.more.open = true;
  }

  #choose(conflict) {
    this.item.querySelector(".cp-cellmsg--conflict")?.remove();
    const box = document.createElement("div");
    box.className = "cp-cellmsg cp-cellmsg--conflict";
    box.setAttribute("role", "alert");
    const text = document.createElement("p");
    text.textContent = conflict.text;
    box.append(text);
    for (const [label, act] of [[conflict.keep, conflict.onKeep], [conflict.take, conflict.onTake]]) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "btn btn-sm btn-outline-primary";
      button.textContent = label;
      button.addEventListener("click", () => { box.remove(); act(); });
      box.append(button);
    }
    this.item.querySelector(".cp-rec__row").after(box);
  }
}
