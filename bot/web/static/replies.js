// The search page of the canned replies: results follow the typing, keys choose, and a copy is checked by the server.

const form = document.getElementById("find");
const box = form.elements.q;
const results = document.getElementById("results");
const said = document.getElementById("said");
const token = document.querySelector("meta[name=csrf]").content;
let timer = 0;
let running = null;

const hits = () => [...results.querySelectorAll(".hit")];
const current = () => results.querySelector(".hit[aria-current]");
const card = () => results.querySelector(".reply:not([hidden])");

async function find() {
  running?.abort();
  running = new AbortController();
  const query = new URLSearchParams(new FormData(form));
  try {
    const response = await fetch(`/desk/replies?part=results&${query}`, { signal: running.signal });
    if (!response.ok) throw new Error(response.status);
    // What comes back is a part of a page that the server has escaped.
    results.innerHTML = await response.text();
    said.textContent = `找到 ${hits().length} 条`;
  } catch (error) {
    if (error.name !== "AbortError") said.textContent = "没有查到，请刷新页面再试";
  }
}

function choose(hit) {
  if (!hit) return;
  current()?.removeAttribute("aria-current");
  hit.setAttribute("aria-current", "true");
  for (const one of results.querySelectorAll(".reply")) one.hidden = one.id !== hit.dataset.card;
  hit.scrollIntoView({ block: "nearest" });
  said.textContent = hit.querySelector("strong").textContent;
}

function step(by) {
  const all = hits();
  choose(all[Math.max(0, Math.min(all.length - 1, all.indexOf(current()) + by))]);
}

async function filled(shown, act) {
  const body = new FormData();
  body.set("key", shown.dataset.key);
  body.set("act", act);
  for (const field of shown.querySelectorAll("[data-fill]")) body.set(`fill-${field.dataset.fill}`, field.value);
  const response = await fetch("/desk/replies/fill", { method: "POST", headers: { "X-CSRF-Token": token }, body });
  const answer = response.headers.get("Content-Type")?.startsWith("application/json") ? await response.json() : {};
  return { done: response.ok, told: response.ok ? "" : "没有完成，请刷新页面再试", ...answer };
}

function show(shown, answer) {
  shown.querySelector("[data-missing]").textContent = answer.told;
  if (answer.text === undefined) return;
  shown.querySelector(".wording").textContent = answer.text;
  shown.querySelector(".aloud").textContent = answer.spoken;
}

async function copied(text, part) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // Without HTTPS browsers refuse: then it stands selected, to be copied by hand.
    getSelection().selectAllChildren(part);
    return false;
  }
}

async function take(shown, whole) {
  const answer = await filled(shown, "use");
  show(shown, answer);
  if (!answer.done) {
    const empty = [...shown.querySelectorAll("[data-fill]")].find((field) => !field.value.trim());
    empty?.focus();
    return;
  }
  const source = shown.querySelector("[data-source]")?.textContent ?? "";
  const done = await copied(whole && source ? `${answer.text}\n${source}` : answer.text, shown.querySelector(".wording"));
  const button = shown.querySelector(whole ? "[data-take=whole]" : "[data-take=text]");
  const told = done ? "已复制" : "已选中，请按 Ctrl+C";
  button.dataset.name ??= button.textContent;
  button.textContent = said.textContent = told;
  setTimeout(() => { button.textContent = button.dataset.name; }, 2000);
}

form.addEventListener("submit", (event) => event.preventDefault());
form.addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(find, 150);
});

results.addEventListener("click", (event) => {
  const hit = event.target.closest(".hit");
  const button = event.target.closest("[data-take]");
  if (hit) {
    event.preventDefault();
    choose(hit);
    if (matchMedia("(max-width: 719px)").matches) card().scrollIntoView({ block: "start" });
  }
  if (button) take(card(), button.dataset.take === "whole");
});

results.addEventListener("input", (event) => {
  if (!event.target.matches("[data-fill]")) return;
  clearTimeout(timer);
  timer = setTimeout(async () => show(card(), await filled(card(), "show")), 250);
});

addEventListener("keydown", (event) => {
  // While pinyin is being turned into characters, keys belong to the input method.
  if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
  const typing = event.target.matches("input, select, textarea");
  const within = event.target.closest(".hit, [data-fill]") || event.target === box || !event.target.closest("a, button, select");
  if (event.key === "/" && !typing) box.select();
  else if (event.key === "Escape") {
    if (event.target === box && box.value) box.value = "", find();
    box.select();
  } else if (event.key === "ArrowDown" && event.target.tagName !== "SELECT") step(1);
  else if (event.key === "ArrowUp" && event.target.tagName !== "SELECT") step(-1);
  else if (event.key === "Enter" && within && card()) {
    if (!card().hasAttribute("data-mark")) take(card(), false);
  } else return;
  event.preventDefault();
});
