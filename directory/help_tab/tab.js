// A button at the edge of somebody else's page. Nothing is asked of us before it is pressed, nothing
// is stored, and closing takes the frame away. docs/help-tab.md says how to put it there.
(({ labels, close, danger, note }) => {
  const script = document.currentScript, { label, side } = script.dataset;
  const address = new URL("blakus/", script.src), name = labels[label] ?? labels.support;
  const make = (parent, kind, values) => {
    const element = Object.assign(document.createElement(kind), values);
    parent.append(element);
    return element;
  };

  function open() {
    const dialog = make(root, "dialog", { ariaLabel: name });
    const line = make(dialog, "p");
    make(line, "button", { type: "button", textContent: close, onclick: shut });
    const number = make(line, "span", { textContent: `${danger} ` });
    make(number, "a", { href: "tel:112", textContent: "112" }).setAttribute("aria-describedby", "note");
    make(number, "small", { id: "note", textContent: note });
    const frame = make(dialog, "iframe", { title: name, referrerPolicy: "no-referrer", src: address });
    let shifts = 0, last = 0;

    function shut() {
      frame.remove();
      dialog.close();
      dialog.remove();
    }
    // A port of our own: the page around hears nothing.
    frame.onload = () => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = ({ data }) => (data === "close" ? shut() : number.remove());
      frame.contentWindow.postMessage("", address.origin, [port2]);
    };
    dialog.oncancel = shut;
    dialog.onkeydown = (event) => {
      if (event.repeat) return;
      shifts = event.key !== "Shift" ? 0 : event.timeStamp - last < 5000 ? shifts + 1 : 1;
      last = event.timeStamp;
      if (shifts > 2) shut();
    };
    addEventListener("pagehide", shut, { once: true });
    dialog.showModal();
  }

  // Closed: what the page records of clicks and texts ends at this element.
  const host = document.createElement("side-tab"), root = host.attachShadow({ mode: "closed" });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`
:host { all: initial !important; position: fixed !important; z-index: 99999 !important; top: 50% !important;
  right: 0 !important; transform: translateY(-50%) !important; font: medium/1.4 system-ui, sans-serif !important; color-scheme: light dark !important }
:host([side=left]) { right: auto !important; left: 0 !important }
button { font: 600 1em/1.2 system-ui, sans-serif; min-width: 44px; min-height: 44px; padding: 12px 8px; border: 2px solid #fff; color: #fff; background: #0d4a58; cursor: pointer }
button:focus-visible { outline: 3px solid #fff; outline-offset: -7px }
aside > button { writing-mode: vertical-rl }
dialog { box-sizing: border-box; width: min(100%, 26em); max-width: none; height: 100%; max-height: none; margin: 0 0 0 auto; padding: 0; border: 0; color: CanvasText; background: Canvas }
:host([side=left]) dialog { margin: 0 auto 0 0 }
dialog[open] { display: flex; flex-direction: column }
p { display: flex; flex-flow: row-reverse wrap; justify-content: space-between; gap: 8px; margin: 0; padding: 4px 4px 4px 16px }
a { color: inherit; font-weight: 700 }
small { display: block }
iframe { flex: 1; min-height: 0; border: 0 }
@media print { :host { display: none !important } }`);
  root.adoptedStyleSheets = [sheet];
  if (side === "left") host.setAttribute("side", side);
  make(make(root, "aside", { ariaLabel: name }), "button", { type: "button", textContent: name, ariaHasPopup: "dialog", onclick: open });
  const put = () => document.querySelector("side-tab") ?? document.body.append(host);
  if (document.body && document.readyState !== "loading") put();
  else addEventListener("DOMContentLoaded", put);
})
