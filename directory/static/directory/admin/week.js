/* The rows of hours as a week.

   The rows stay what they are, rows of Wagtail's InlinePanel: this moves each under its day, hides
   the choice of the day, and says in words what the times mean. New rows and removed ones go
   through the buttons of the panel. Without it the rows are filled in one by one. */

const MONDAY = 1;
const FRIDAY = 5;
const SUNDAY = 7;
const MIDNIGHT = "00:00";

/* "9", "930", "9.30" and "24" as people type them; what is no time stays as it was typed. */
export function time(typed) {
  const found = /^(\d{1,2})(?:[:.,\s]?(\d{2}))?$/.exec(typed.trim());
  if (!found) return typed;
  const hour = Number(found[1]) === 24 ? 0 : Number(found[1]);
  const minute = Number(found[2] ?? 0);
  if (hour > 23 || minute > 59) return typed;
  return `${String(hour).padStart(2, "0")}:${String(minute).padStart(2, "0")}`;
}

class Week {
  constructor(root) {
    this.root = root;
    this.words = JSON.parse(root.dataset.words);
    this.rows = root.querySelector(".week__rows");
    this.addButton = root.querySelector("[data-week-add]");
    this.said = root.querySelector("[data-week-said]");
    this.days = new Map(this.words.days.map((day) => [day.number, this.drawDay(day)]));
    this.other = this.drawOther();
    for (const row of this.rows.querySelectorAll(":scope > .week__row")) this.place(row);
    this.addButton.hidden = true;
    root.classList.add("week--drawn");
    root.addEventListener("change", (event) => this.changed(event));
    root.addEventListener("click", (event) => this.removed(event));
    this.tell();
  }

  drawDay(day) {
    const group = document.createElement("div");
    const heading = document.createElement("h3");
    const state = document.createElement("span");
    const spans = document.createElement("div");
    const buttons = document.createElement("div");
    group.className = "week__day";
    group.setAttribute("role", "group");
    group.setAttribute("aria-labelledby", `week-day-${day.number}`);
    group.dataset.day = day.number;
    heading.className = "week__name";
    heading.id = `week-day-${day.number}`;
    heading.textContent = day.name;
    state.className = "week__state";
    spans.className = "week__spans";
    buttons.className = "week__buttons";
    buttons.append(
      this.button(day, "add", () => this.focusOn(this.addRow(day.number))),
      this.button(day, "wholeDay", () => this.setWholeDay(day.number)),
      this.button(day, "closed", () => this.clear(day.number)),
    );
    group.append(heading, spans, state, buttons);
    if (day.number === MONDAY) {
      const copies = document.createElement("div");
      copies.className = "week__buttons week__copies";
      copies.append(
        this.button(day, "copyToWeekdays", () => this.copy(FRIDAY), false),
        this.button(day, "copyToAll", () => this.copy(SUNDAY), false),
      );
      group.append(copies);
    }
    this.rows.before(group);
    return { group, spans, state, buttons };
  }

  /* Rows whose day is missing or unknown, with the message that says so. */
  drawOther() {
    const group = document.createElement("div");
    const heading = document.createElement("h3");
    const spans = document.createElement("div");
    group.className = "week__day week__day--other";
    group.hidden = true;
    heading.className = "week__name";
    heading.textContent = this.words.other;
    spans.className = "week__spans";
    group.append(heading, spans);
    this.rows.before(group);
    return { group, spans };
  }

  button(day, word, act, named = true) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button button-small button-secondary";
    button.dataset.weekAct = word;
    button.textContent = this.words[word];
    if (named) button.setAttribute("aria-label", `${day.name}: ${this.words[word]}`);
    button.addEventListener("click", act);
    return button;
  }

  field(row, name) {
    return row.querySelector(`[name$="-${name}"]`);
  }

  isGone(row) {
    return this.field(row, "DELETE").value !== "";
  }

  rowsOf(number) {
    const { spans } = this.days.get(number);
    return [...spans.querySelectorAll(".week__row")].filter((row) => !this.isGone(row));
  }

  place(row) {
    const day = this.days.get(Number(this.field(row, "weekday").value)) ?? this.other;
    day.spans.append(row);
  }

  addRow(number, values = {}) {
    this.addButton.click();
    const row = this.rows.querySelector(":scope > .week__row:last-child");
    this.field(row, "weekday").value = number;
    for (const name of ["opens", "closes"]) this.field(row, name).value = values[name] ?? "";
    this.field(row, "by_appointment").checked = values.byAppointment ?? false;
    this.place(row);
    this.announce(row);
    return row;
  }

  remove(row) {
    row.querySelector('button[id$="-DELETE-button"]').click();
    row.hidden = true;
  }

  clear(number) {
    for (const row of this.rowsOf(number)) this.remove(row);
    this.tell();
  }

  setWholeDay(number) {
    this.clear(number);
    this.addRow(number, { opens: MIDNIGHT, closes: MIDNIGHT });
  }

  copy(last) {
    const spans = this.rowsOf(MONDAY).map((row) => ({
      opens: this.field(row, "opens").value,
      closes: this.field(row, "closes").value,
      byAppointment: this.field(row, "by_appointment").checked,
    }));
    for (let number = MONDAY + 1; number <= last; number += 1) {
      this.clear(number);
      for (const span of spans) this.addRow(number, span);
    }
    this.said.textContent = this.words.copied;
  }

  focusOn(row) {
    this.field(row, "opens").focus();
  }

  /* The form's own watch over unsaved changes hears of a row that a button made. */
  announce(row) {
    this.field(row, "weekday").dispatchEvent(new Event("change", { bubbles: true }));
  }

  changed(event) {
    if (/-(opens|closes)$/.test(event.target.name)) event.target.value = time(event.target.value);
    this.tell();
  }

  removed(event) {
    const button = event.target.closest('button[id$="-DELETE-button"]');
    if (!button) return;
    const row = button.closest(".week__row");
    const day = this.days.get(Number(this.field(row, "weekday").value));
    row.hidden = true;
    // A button that acts for others leaves the focus where it is.
    if (event.isTrusted && day) day.buttons.querySelector("button").focus();
    this.tell();
  }

  tell() {
    let known = false;
    for (const number of this.days.keys()) {
      const rows = this.rowsOf(number);
      if (number <= SUNDAY && rows.length) known = true;
      for (const row of rows) this.tellEnd(row, number);
    }
    for (const [number, day] of this.days) {
      const word = known && number <= SUNDAY ? this.words.closed : this.words.unknown;
      day.state.textContent = this.rowsOf(number).length ? "" : word;
    }
    const strays = [...this.other.spans.querySelectorAll(".week__row")];
    this.other.group.hidden = !strays.some((row) => !this.isGone(row));
  }

  tellEnd(row, number) {
    const opens = time(this.field(row, "opens").value);
    const closes = time(this.field(row, "closes").value);
    const end = row.querySelector("[data-week-end]");
    if (opens === MIDNIGHT && closes === MIDNIGHT) {
      end.textContent = this.words.wholeDay;
    } else if (opens && closes && closes !== MIDNIGHT && closes < opens) {
      end.textContent = this.words.pastMidnight[number].replace("{time}", closes);
    } else {
      end.textContent = "";
    }
  }
}

for (const root of document.querySelectorAll("[data-week]")) new Week(root);
