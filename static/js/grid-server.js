// What the server is asked: how it reads the cells being written, and to save them.

export class Server {
  constructor(form) {
    this.form = form;
    this.token = form.querySelector("[name=csrfmiddlewaretoken]").value;
  }
  check(cells) { return this.#send(this.form.dataset.check, cells); }
  save(cells) { return this.#send(this.form.getAttribute("action"), cells); }

  // {data} when the server answered; {trouble} when it did not: session, stale, notOpen, offline, refused.
  async #send(address, cells) {
    let answer;
    try {
      answer = await fetch(address, {
        method: "POST",
        redirect: "manual",
        headers: { "Content-Type": "application/json", "X-CSRFToken": this.token },
        body: JSON.stringify({ cells }),
      });
    } catch {
      return { trouble: "offline" };
    }
    if (answer.type === "opaqueredirect") return { trouble: "session" };
    if (answer.status === 403) return { trouble: "stale" };
    if (answer.status === 409) return { trouble: "notOpen" };
    try {
      const data = await answer.json();
      return answer.ok ? { data } : { trouble: "refused", error: data.error };
    } catch {
      return { trouble: "offline" };
    }
  }
}
