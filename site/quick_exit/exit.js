(() => {
  const presses = 3, pause = 5000, patience = 3000;
  let count = 0, timer, left = false;
  const link = () => document.querySelector("a[data-exit]");
  const say = (text) => {
    const status = document.querySelector("[data-exit-status]");
    if (status) status.textContent = text;
  };

  function leave(exit) {
    if (left) return;
    left = true;
    const practice = exit.dataset.exit === "practice";
    document.documentElement.style.visibility = "hidden";
    document.title = exit.dataset.title;
    document.querySelectorAll("link[rel~=icon]").forEach((icon) => (icon.href = "data:,"));
    const notice = document.createElement("p");
    notice.setAttribute("role", "alert");
    notice.style.cssText = "visibility:visible;position:fixed;inset:1rem";
    document.body.append(notice);
    notice.textContent = exit.dataset.loading;
    if (!practice) fetch(exit.dataset.clear, { method: "POST", keepalive: true }).catch(() => {});
    // Practised once already, the address is the same: only a reload shows the page again.
    if (practice && exit.search === location.search) return location.reload();
    location.replace(exit.href);
    setTimeout(() => location.replace(exit.dataset.second || exit.href), patience);
  }

  document.addEventListener("click", (event) => {
    const exit = event.target.closest?.("a[data-exit]");
    if (!exit) return;
    event.preventDefault();
    leave(exit);
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
