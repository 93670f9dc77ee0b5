// The desk's lists, live: rows come with the stream as the server shows them. Also the keys, the sound and the title.

const lists = document.getElementById("lists");
const offline = document.getElementById("offline");
const said = document.getElementById("said");
const sound = document.getElementById("sound");
const chosen = Number(lists.dataset.chosen);
const title = document.title;
const people = new Map();
const places = new Map();
let audio = null;
let started = false;

const rows = () => [...lists.querySelectorAll("[data-case]")];
const row = (id) => document.getElementById(`row-${id}`);

function placed(item, place) {
  const list = document.getElementById(`list-${place}`);
  const before = [...list.children].find((one) => one.dataset.order > item.dataset.order);
  list.insertBefore(item, before ?? null);
}

function told(id) {
  const shown = row(id)?.querySelector("[data-people]");
  if (shown) shown.textContent = (people.get(id) ?? []).map((one) => (one.typing ? `${one.name}正在写` : `${one.name}在看`)).join("、");
}

function counted() {
  for (const list of lists.querySelectorAll("[data-place]")) {
    const name = list.dataset.place;
    lists.querySelector(`[data-count=${name}]`).textContent = list.children.length;
    lists.querySelector(`[data-nothing=${name}]`).hidden = list.children.length > 0;
  }
  const waiting = document.getElementById("list-waiting").children.length;
  const unread = [...document.getElementById("list-mine").children].filter((one) => Number(one.dataset.unread)).length;
  document.title = waiting + unread ? `(${waiting + unread}) ${title}` : title;
  document.querySelector("#lists [aria-current]")?.removeAttribute("aria-current");
  row(chosen)?.querySelector("a").setAttribute("aria-current", "page");
}

function aged() {
  const now = Date.now() / 1000;
  for (const time of lists.querySelectorAll("time[data-since]")) {
    time.textContent = `${Math.max(0, Math.floor((now - Number(time.dataset.since)) / 60))} 分钟`;
  }
  for (const badge of lists.querySelectorAll("[data-late]")) badge.hidden = Number(badge.dataset.late) > now;
}

function ring() {
  if (!sound.checked) return;
  // Browsers let a page sound only after somebody has touched it.
  audio ??= new AudioContext();
  const tone = audio.createOscillator();
  const volume = audio.createGain();
  volume.gain.setValueAtTime(0.15, audio.currentTime);
  volume.gain.exponentialRampToValueAtTime(0.001, audio.currentTime + 0.5);
  tone.frequency.value = 740;
  tone.connect(volume).connect(audio.destination);
  tone.start();
  tone.stop(audio.currentTime + 0.5);
}

function taken({ id, place, unread, html }) {
  const before = places.get(id);
  const focused = row(id)?.contains(document.activeElement);
  row(id)?.remove();
  const parsed = document.createElement("template");
  // The server has escaped it.
  parsed.innerHTML = html;
  const item = parsed.content.querySelector("li");
  placed(item, place);
  if (focused) item.querySelector("a").focus();
  places.set(id, { place, unread });
  told(id);
  aged();
  counted();
  const fresh = place === "waiting" && before?.place !== "waiting";
  const written = place === "mine" && unread > (before?.unread ?? 0);
  if (started && (fresh || written)) {
    ring();
    said.textContent = fresh ? "有工友在等人工" : "您的工友写了新消息";
  }
  if (id === chosen) document.dispatchEvent(new CustomEvent("desk:case", { detail: item.dataset }));
}

function gone(id) {
  row(id)?.remove();
  places.delete(id);
  counted();
  if (id === chosen) document.dispatchEvent(new CustomEvent("desk:gone"));
}

function connect() {
  const stream = new EventSource("/desk/live");
  const on = (name, act) => stream.addEventListener(name, (event) => act(JSON.parse(event.data)));
  on("all", (ids) => {
    offline.hidden = true;
    started = false;
    people.clear();
    for (const one of rows()) if (!ids.includes(Number(one.dataset.case))) gone(Number(one.dataset.case));
    setTimeout(() => { started = true; }, 500);
  });
  on("case", taken);
  on("gone", gone);
  on("people", ({ id, people: there }) => {
    people.set(id, there);
    told(id);
    if (id === chosen) document.dispatchEvent(new CustomEvent("desk:people", { detail: there }));
  });
  stream.onopen = () => { offline.hidden = true; };
  stream.onerror = () => {
    offline.hidden = false;
    // A browser gives up after some answers, such as that of a server that is being replaced.
    if (stream.readyState === EventSource.CLOSED) setTimeout(connect, 2000);
  };
}

function step(by) {
  const links = rows().map((one) => one.querySelector("a"));
  const at = links.indexOf(document.activeElement);
  const from = at >= 0 ? at : links.findIndex((one) => one.hasAttribute("aria-current"));
  links[Math.max(0, Math.min(links.length - 1, from + by))]?.focus();
}

addEventListener("keydown", (event) => {
  if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.matches("input, select, textarea") || document.querySelector("dialog[open]")) return;
  const key = event.key.toLowerCase();
  if (key === "j") step(1);
  else if (key === "k") step(-1);
  else if (key === "c") document.querySelector("[data-key=c]")?.click();
  else if (key === "r") document.getElementById("text")?.focus();
  else if (key === "n") document.getElementById("note-text")?.focus();
  else return;
  event.preventDefault();
});

sound.checked = localStorage.getItem("desk-sound") === "yes";
sound.addEventListener("change", () => {
  localStorage.setItem("desk-sound", sound.checked ? "yes" : "no");
  ring();
});

for (const one of rows()) places.set(Number(one.dataset.case), { place: one.parentElement.dataset.place, unread: Number(one.dataset.unread) });
counted();
aged();
setInterval(aged, 15000);
connect();
