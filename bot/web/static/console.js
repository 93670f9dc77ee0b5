// What the consoles' pages need of a script: dialogs, copying, and the focus on what was wrong. Forms work without it.

for (const button of document.querySelectorAll("[data-dialog]")) {
  button.addEventListener("click", () => document.getElementById(button.dataset.dialog).showModal());
}

for (const dialog of document.querySelectorAll("dialog")) {
  dialog.addEventListener("click", (event) => {
    // A click beside the dialog lands on the dialog itself, one inside on what it holds.
    if (event.target === dialog || event.target.closest("[data-close]")) dialog.close();
  });
}

for (const button of document.querySelectorAll("[data-copy]")) {
  button.addEventListener("click", async () => {
    const text = document.getElementById(button.dataset.copy).textContent;
    try {
      await navigator.clipboard.writeText(text);
      button.textContent = "已复制";
    } catch {
      // Without HTTPS browsers refuse: then it stands selected, to be copied by hand.
      getSelection().selectAllChildren(document.getElementById(button.dataset.copy));
    }
  });
}

// A form that is sent twice by a double click would do its work twice.
for (const form of document.querySelectorAll("form[method=post]")) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "yes";
  });
}
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});

document.querySelector("[data-focus], [aria-invalid=true]")?.focus();
