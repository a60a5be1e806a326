// Nothing in here navigates: a second document in a frame would be a step of Back and a row in the
// history. Words go out by POST, answers are put in place, what was asked lives in this page alone.
document.documentElement.classList.add("scripted");
let port, address = location.pathname, asked = {}, found = {}, turn = 0, shifts = 0, last = 0;
const first = (what) => document.querySelector(what);

async function ask(words, path = address) {
  const mine = ++turn, typed = first("input").value;
  first("main").ariaBusy = "true";
  try {
    const answer = await fetch(path, { method: "POST", body: new URLSearchParams(words) });
    if (!answer.ok) throw answer.status;
    const next = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (mine !== turn) return;
    [address, asked] = [path, words];
    if (words.text) found = words;
    document.documentElement.lang = next.documentElement.lang;
    document.documentElement.className = `${next.documentElement.className} scripted`;
    document.body.replaceWith(next.body);
    // As far as it was used, where that was not all.
    const letters = first("[data-letters]")?.dataset.letters;
    first("input").value = letters ? [...typed.trim().replace(/\s+/g, " ")].slice(0, letters).join("") : typed;
    first("main [tabindex]").focus();
  } catch {
    if (mine !== turn) return;
    first("main").ariaBusy = "false";
    first("[data-failed]").textContent = first("[data-failed]").dataset.failed;
  }
}

function close() {
  turn += 1;
  document.body.replaceChildren();
  port?.postMessage("close");
}

addEventListener("submit", (event) => {
  event.preventDefault();
  ask({ text: first("input").value });
});
addEventListener("click", (event) => {
  const { service, language, back, text } = event.target.closest("button")?.dataset ?? {};
  if (text) ask({ text: first("input").value = text });
  if (service) ask({ service });
  if (language) ask(asked, address.replace(/^\/[^/]+/, `/${language}`));
  if (back) ask(found);
});
addEventListener("keydown", (event) => {
  if (event.repeat) return;
  shifts = event.key !== "Shift" ? 0 : event.timeStamp - last < 5000 ? shifts + 1 : 1;
  last = event.timeStamp;
  if (shifts > 2 || event.key === "Escape") close();
}, true);
addEventListener("message", (event) => {
  if (event.source !== parent || !event.ports[0]) return;
  port = event.ports[0];
  port.postMessage("here");
});
