// Puts a button on a page of another website; it opens the chat in a frame of its own, which the website cannot read.
(() => {
  const LABEL = "问工友助手";
  const TITLE = "工友助手";
  const WIDE = { right: "20px", bottom: "20px", width: "400px", height: "640px", "max-height": "calc(100vh - 40px)", "border-radius": "12px" };
  const NARROW = { right: "0", bottom: "0", width: "100%", height: "100%", "max-height": "100%", "border-radius": "0" };
  const BUTTON = {
    position: "fixed", right: "20px", bottom: "20px", "z-index": "2147483000", "min-height": "48px", padding: "0 20px", border: "0",
    "border-radius": "24px", background: "#0a7a3c", color: "#fff", font: "600 16px/1.5 sans-serif", cursor: "pointer",
    "box-shadow": "0 2px 12px rgb(0 0 0 / 30%)",
  };
  const PANEL = {
    position: "fixed", "z-index": "2147483000", overflow: "hidden", background: "#ededed", "box-shadow": "0 4px 32px rgb(0 0 0 / 35%)",
  };
  const FRAME = { display: "block", width: "100%", height: "100%", border: "0" };

  const script = document.currentScript;
  const home = new URL(script.src).origin;
  const narrow = matchMedia("(max-width: 480px)");
  const button = document.createElement("button");
  const panel = document.createElement("div");
  let frame = null;

  // One by one and important: a policy of the website may forbid style attributes, and its style sheet may know better.
  function dress(element, styles) {
    for (const [name, value] of Object.entries(styles)) element.style.setProperty(name, value, "important");
  }

  function fit() {
    dress(panel, narrow.matches ? NARROW : WIDE);
  }

  function show(opened) {
    dress(panel, { display: opened ? "block" : "none" });
    dress(button, { display: opened ? "none" : "block" });
    button.setAttribute("aria-expanded", String(opened));
  }

  function open() {
    show(true);
    if (frame) {
      greet();
      return;
    }
    // Nothing is loaded before somebody wants it.
    frame = document.createElement("iframe");
    frame.title = TITLE;
    frame.src = `${home}/widget?client=${encodeURIComponent(script.dataset.client || "")}`;
    frame.addEventListener("load", greet);
    dress(frame, FRAME);
    panel.append(frame);
  }

  function greet() {
    frame.focus();
    frame.contentWindow.postMessage({ gongyou: "opened" }, home);
  }

  function close() {
    show(false);
    button.focus();
  }

  button.type = "button";
  button.textContent = LABEL;
  button.setAttribute("aria-haspopup", "dialog");
  button.addEventListener("click", open);
  panel.setAttribute("role", "dialog");
  panel.setAttribute("aria-label", TITLE);
  dress(button, BUTTON);
  dress(panel, PANEL);
  fit();
  show(false);
  narrow.addEventListener("change", fit);

  addEventListener("message", (event) => {
    if (frame && event.origin === home && event.source === frame.contentWindow && event.data?.gongyou === "close") close();
  });
  addEventListener("keydown", (event) => {
    if (event.key === "Escape" && button.getAttribute("aria-expanded") === "true") close();
  });

  const add = () => document.body.append(button, panel);
  if (document.body) add();
  else addEventListener("DOMContentLoaded", add);
})();
