// Suggestions of the search are our own list, fetched once when the box is first used: typing sends
// nothing. A browser that knows no such lists, or gets none, shows the plain box.
const lists = {};

document.addEventListener("focusin", async ({ target }) => {
  const { words } = target.dataset;
  if (!words || target.hasAttribute("list")) return;
  target.setAttribute("list", "seek-words");
  try {
    lists[words] ??= fetch(words).then((answer) => answer.json());
    const options = document.createElement("datalist");
    options.id = "seek-words";
    options.append(...(await lists[words]).map((text) => new Option(text, text)));
    target.after(options);
  } catch {
    delete lists[words];
    target.removeAttribute("list");
  }
});
