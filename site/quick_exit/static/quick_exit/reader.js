// Reading in place: links and forms of this site are fetched and shown here, so that a whole visit
// is one entry in the browser's history. What fails is opened as an ordinary link.
const root = document.documentElement;
const parts = [".frame", "main", ".foot"];
const patience = 10_000;
const earlier = [];
let current = location.href, reading = true, latest;

// The exit takes the page away: what arrives then must not bring it back.
const hasLeft = () => !find("main");
const find = (selector) => document.querySelector(selector);
const every = (selector, action, page = document) => page.querySelectorAll(selector).forEach(action);
// The exit may have put a neutral title before it.
const ownTitle = () => [...document.head.querySelectorAll("title")].at(-1);

function controls() {
  every("[data-reading]", (line) => { line.hidden = false; });
  every("[data-switch]", (button) => { button.textContent = button.dataset[reading ? "off" : "on"]; });
  find("[data-place]").hidden = !earlier.length;
}

function look(page, address) {
  const styles = [];
  every("link[rel=stylesheet]", (link) => { if (!link.sheet?.disabled) styles.push(link.href); }, page);
  const { lang, classList } = page.documentElement;
  return { lang, simple: classList.contains("simple"), title: ownTitle().textContent, address, styles };
}

function put(elements, { lang, simple, title, address, styles }) {
  elements.forEach((element, selector) => find(selector).replaceWith(element));
  root.lang = lang;
  root.classList.toggle("simple", simple);
  ownTitle().textContent = title;
  every("link[rel=stylesheet]", ({ sheet, href }) => { if (sheet) sheet.disabled = !styles.includes(href); });
  find("[data-exit-status]").textContent = "";
  current = address;
  controls();
}

function focusOn(target = find("main h1") ?? find("main")) {
  if (target.tabIndex < 0) target.tabIndex = -1;
  target.focus({ preventScroll: true });
}

function jump(hash) {
  const target = (hash && document.getElementById(hash.slice(1))) || undefined;
  if (target) target.scrollIntoView();
  else scrollTo(0, 0);
  focusOn(target);
}

// Styles and scripts of the page that this one has not: styles stay off until the page is put in place.
function bring(next) {
  const have = [], waits = [];
  every("link[rel=stylesheet], script[src]", (one) => have.push(one.href ?? one.src));
  every("head link[rel=stylesheet], head script[src]", (one) => {
    if (have.includes(one.href ?? one.src)) return;
    const copy = document.createElement(one.localName);
    for (const { name, value } of one.attributes) copy.setAttribute(name, value);
    if (one.href) waits.push(new Promise((done) => {
      copy.onerror = done;
      copy.onload = () => done(copy.sheet.disabled = true);
    }));
    document.head.append(copy);
  }, next);
  return Promise.all(waits);
}

async function load(url, body, signal) {
  const answer = await fetch(url, { method: body ? "POST" : "GET", body, signal });
  if (!answer.headers.get("Content-Type").startsWith("text/html")) throw url;
  const next = new DOMParser().parseFromString(await answer.text(), "text/html");
  // Not read in place, or by a newer version of this script.
  if (![...next.scripts].some((one) => one.src === import.meta.url)) throw url;
  for (const name of ["href", "action"]) {
    every(`body [${name}]:not([${name}^="#"])`, (one) => one.setAttribute(name, new URL(one.getAttribute(name), answer.url)), next);
  }
  await Promise.race([bring(next), new Promise((_, refuse) => { signal.onabort = refuse; })]);
  return { ...look(next, answer.url), title: next.title, page: next };
}

async function read(url, body, otherwise) {
  latest?.abort();
  const mine = latest = new AbortController();
  // What was sent may have arrived: it is waited for.
  const late = body ? 0 : setTimeout(() => mine.abort(), patience);
  const main = find("main");
  main.ariaBusy = "true";
  try {
    const next = await load(url, body, mine.signal);
    if (mine !== latest || hasLeft()) return;
    // The bar stays as it is, so that a tap never misses the exit; another language needs another.
    const names = next.lang === root.lang && next.simple === root.classList.contains("simple") ? parts : [".bar", ...parts];
    for (const form of document.forms) form.reset();
    earlier.push([new Map(names.map((name) => [name, find(name)])), look(document, current), scrollY, document.activeElement]);
    put(new Map(names.map((name) => [name, next.page.querySelector(name)])), next);
    document.dispatchEvent(new Event("placed"));
    jump(url.hash);
  } catch {
    if (mine === latest && !hasLeft()) otherwise();
  } finally {
    clearTimeout(late);
    if (mine === latest || !main.isConnected) main.ariaBusy = null;
  }
}

function back() {
  latest?.abort();
  latest = null;
  const [elements, before, scroll, focus] = earlier.pop();
  put(elements, before);
  every("header details", (menu) => { menu.open = false; });
  scrollTo(0, scroll);
  focusOn(focus !== document.body && focus.isConnected ? focus : undefined);
  if (!reading) history.replaceState(null, "", current);
  find("[data-exit-status]").textContent = before.title;
}

function turn() {
  reading = !reading;
  if (!reading && current !== location.href) history.replaceState(null, "", current);
  controls();
}

// Only pages: their addresses begin with a language and end in a slash.
const isPage = ({ origin, pathname }) => origin === location.origin && /^\/[a-z]{2}(-[a-z]+)?\/(.*\/)?$/.test(pathname);

document.addEventListener("click", (event) => {
  const element = event.target.closest?.("a[href], [data-back], [data-switch]");
  if (!element || event.defaultPrevented) return;
  const { back: isBack, switch: isSwitch, exit } = element.dataset;
  if (isBack === "") return back();
  if (isSwitch === "") return turn();
  if (!reading || exit || element.target || element.download) return;
  if (event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  const url = new URL(element.href);
  const isHere = element.getAttribute("href").startsWith("#") || (url.hash && url.href.split("#")[0] === current.split("#")[0]);
  const isElsewhere = url.origin !== location.origin && url.protocol.startsWith("http");
  if (!isHere && !isElsewhere && !isPage(url)) return;
  event.preventDefault();
  // Behind the other site's Back button is then what came before this visit.
  if (isElsewhere) location.replace(url);
  else if (isHere) jump(url.hash);
  else read(url, null, () => location.assign(url));
});

document.addEventListener("submit", (event) => {
  const form = event.target, url = new URL(form.getAttribute("action") ?? current, current);
  if (!reading || event.defaultPrevented || form.target || !isPage(url) || form.dataset.tried) return;
  event.preventDefault();
  const words = new URLSearchParams(new FormData(form, event.submitter));
  if (form.method === "post") return read(url, words, () => {
    if (form.getAttribute("role") === "search") return HTMLFormElement.prototype.submit.call(form);
    // Not sent twice by us: the reader decides, and it is then sent as any form.
    form.dataset.tried = "yes";
    form.querySelector("[data-failed]").hidden = false;
  });
  url.search = words;
  read(url, null, () => location.assign(url));
});

controls();
