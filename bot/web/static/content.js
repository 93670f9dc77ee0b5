// The preview beside a form follows what is typed; without this script the button 预览 shows it.

const form = document.querySelector("form[data-preview]");
const preview = document.getElementById("preview");
let timer = 0;
let running = null;

async function refresh() {
  running?.abort();
  running = new AbortController();
  try {
    const response = await fetch(form.dataset.preview, { method: "POST", body: new FormData(form), signal: running.signal });
    // What comes back is a part of a page that the server has escaped.
    if (response.ok) preview.innerHTML = await response.text();
  } catch (error) {
    if (error.name !== "AbortError") preview.setAttribute("data-stale", "");
  }
}

form.addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(refresh, 400);
});
