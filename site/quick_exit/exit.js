(() => {
  const presses = 3, pause = 5000, patience = 3000, flag = "left", root = document.documentElement;
  const cover = document.createElement("title");
  let count = 0, timer, targets;
  const attempt = (action) => { try { return action(sessionStorage); } catch { return null; } };
  const link = () => document.querySelector("a[data-exit=leave]");
  const say = (text) => {
    const status = document.querySelector("[data-exit-status]");
    if (status) status.textContent = text;
  };
  const name = (title) => {
    cover.textContent = title;
    document.head.prepend(cover);
  };
  const hide = (title) => {
    root.style.visibility = "hidden";
    name(title);
    document.querySelectorAll("link[rel~=icon]").forEach((icon) => (icon.href = "data:,"));
  };
  const go = ([next, ...rest]) => {
    location.replace(next);
    if (rest.length) setTimeout(go, patience, rest);
  };
  const gone = () => targets ?? attempt((store) => JSON.parse(store.getItem(flag)));
  const stayAway = () => {
    const [title, ...rest] = gone();
    hide(title);
    document.body?.replaceChildren();
    go(rest);
  };
  const loading = (exit) => {
    const notice = document.createElement("p");
    notice.setAttribute("role", "alert");
    notice.style.cssText = "visibility:visible;position:fixed;inset:1rem";
    document.body.append(notice);
    notice.textContent = exit.dataset.loading;
    return notice;
  };

  function leave(exit) {
    if (targets) return;
    const { title, second, last, clear } = exit.dataset;
    targets = [title, exit.href, second, last];
    hide(title);
    document.body.replaceChildren();
    loading(exit);
    attempt((store) => store.setItem(flag, JSON.stringify(targets)));
    fetch(clear, { method: "POST", keepalive: true }).catch(() => {});
    go(targets.slice(1));
  }

  function practise(exit) {
    hide(exit.dataset.title);
    const notice = loading(exit);
    setTimeout(() => {
      if (targets) return;
      notice.remove();
      cover.remove();
      root.style.visibility = "";
      const done = document.querySelector("#practised");
      done?.classList.add("shown");
      done?.focus();
    }, patience / 2);
  }

  if (gone()) {
    if (performance.getEntriesByType("navigation")[0]?.type === "navigate") attempt((store) => store.removeItem(flag));
    else stayAway();
  }
  addEventListener("pageshow", (event) => { if (event.persisted && gone()) stayAway(); });

  addEventListener("pagehide", () => {
    for (const form of document.forms) form.reset();
    document.querySelectorAll("form :is([type=search], textarea)").forEach((field) => (field.value = ""));
  });

  const tab = () => {
    const exit = link();
    if (!exit || gone()) return;
    if (document.hidden) name(exit.dataset.title);
    else cover.remove();
  };
  document.addEventListener("visibilitychange", tab);
  // A tab that is closed is stored before it is hidden; whoever stays has the real title back.
  addEventListener("beforeunload", () => {
    const exit = link();
    if (exit) name(exit.dataset.title);
    setTimeout(tab, patience);
  });
  document.addEventListener("DOMContentLoaded", () => { if (document.hidden) tab(); });

  document.addEventListener("click", (event) => {
    const exit = event.target.closest?.("a[data-exit]");
    if (!exit) return;
    event.preventDefault();
    (exit.dataset.exit === "leave" ? leave : practise)(exit);
  }, true);

  const reset = () => {
    if (count) say("");
    count = 0;
    clearTimeout(timer);
  };
  ["pointerdown", "wheel"].forEach((kind) => document.addEventListener(kind, reset, { passive: true }));
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Shift" || event.ctrlKey || event.altKey || event.metaKey) return reset();
    const exit = link();
    if (event.repeat || !exit) return;
    clearTimeout(timer);
    count += 1;
    if (count >= presses) return leave(exit);
    say(exit.dataset[count === 1 ? "two" : "one"]);
    timer = setTimeout(() => {
      count = 0;
      say(exit.dataset.expired);
      setTimeout(() => say(""), pause);
    }, pause);
  }, true);
})();
