// A button beside each number, only where the clipboard can be written. Nothing is read or kept.
const status = document.querySelector("[data-copied]");

if (status && navigator.clipboard?.writeText) {
  for (const number of document.querySelectorAll("[data-number]")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button plain copy";
    button.textContent = status.dataset.copy;
    button.setAttribute("aria-label", `${status.dataset.copy}: ${number.textContent}`);
    button.addEventListener("click", async () => {
      status.textContent = "";
      try {
        await navigator.clipboard.writeText(number.dataset.number);
      } catch {
        button.remove();
        return;
      }
      button.textContent = status.textContent = status.dataset.copied;
      button.setAttribute("aria-label", `${status.dataset.copied}: ${number.textContent}`);
    });
    number.closest("p").after(button);
  }
}
