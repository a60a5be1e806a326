// A button beside each text to copy, only where the clipboard can be written. Nothing is read or kept.
function addButtons() {
  const status = document.querySelector("[data-copied]");
  if (!status || !navigator.clipboard?.writeText) return;
  for (const source of document.querySelectorAll("[data-text]")) {
    const name = source.dataset.name ?? source.textContent;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button plain copy";
    button.textContent = status.dataset.copy;
    button.setAttribute("aria-label", `${status.dataset.copy}: ${name}`);
    button.addEventListener("click", async () => {
      status.textContent = "";
      try {
        await navigator.clipboard.writeText(source.dataset.text || source.value || source.textContent);
      } catch {
        button.remove();
        return;
      }
      button.textContent = status.textContent = status.dataset.copied;
      button.setAttribute("aria-label", `${status.dataset.copied}: ${name}`);
    });
    source.closest("p").after(button);
  }
}

addButtons();
// The reader has put another page in place.
document.addEventListener("placed", addButtons);
