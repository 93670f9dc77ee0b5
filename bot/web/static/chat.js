// The chat page: keeps the conversation of this tab, asks /api/chat, and shows what comes back.

const TIMEOUT = 30_000;
const KEPT_ENTRIES = 200;
const MAX_TEXT = 1000;

const log = document.querySelector("#log");
const form = document.querySelector("#form");
const input = document.querySelector("#question");
const send = document.querySelector("#send");

// An entry is {mine: true, id, text, state: "sending" | "sent" | "failed"} or {mine: false, text, options}.
let session = rememberedSession();
let entries = rememberedEntries();
let waiting = null;

// --- What is remembered. A browser may refuse storage (private window, full disk): the page then forgets on reload.

function recall(area, key) {
  try {
    return window[area].getItem(key);
  } catch {
    return null;
  }
}

function remember(area, key, value) {
  try {
    window[area].setItem(key, value);
  } catch {
    // Nothing to do: the conversation goes on without.
  }
}

// crypto.randomUUID is missing on plain http, which a test in the local network uses.
function randomId() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function rememberedSession() {
  const known = recall("localStorage", "gongyou.session");
  return known && /^[\w-]{8,64}$/.test(known) ? known : newSession();
}

function newSession() {
  const fresh = randomId();
  remember("localStorage", "gongyou.session", fresh);
  return fresh;
}

function rememberedEntries() {
  const saved = JSON.parse(recall("sessionStorage", "gongyou.history") || "{}");
  // Another tab may have begun a new conversation since.
  if (saved.session !== session) return [];
  // The page was left before the answer came; the same id makes asking again harmless.
  return saved.entries.map((entry) => (entry.state === "sending" ? { ...entry, state: "failed" } : entry));
}

function save() {
  remember("sessionStorage", "gongyou.history", JSON.stringify({ session, entries: entries.slice(-KEPT_ENTRIES) }));
}

// --- What is shown. Text from outside only ever becomes text nodes.

function copyOf(id) {
  return document.querySelector(`#${id}`).content.firstElementChild.cloneNode(true);
}

function isPhone(before, digits, after) {
  // 110, 119 and 120 are figures elsewhere.
  if (/^1(10|19|20)$/.test(digits)) return /电话$/.test(before);
  const isAmount = /^\s*([元万亿名家户件%％]|人(?!工)|个(?!人)|[.,]\d)/.test(after);
  return /^(12\d{3}|\d{11})$/.test(digits) && !isAmount;
}

function lineOf(text) {
  const line = document.createElement("p");
  line.classList.toggle("source", /^依据[:：]/.test(text));
  // Split at whole runs of digits, so that a part of a longer number is never taken for a hotline.
  const parts = text.split(/(\d+)/);
  parts.forEach((part, index) => {
    if (index % 2 === 1 && isPhone(parts[index - 1], part, parts[index + 1])) {
      const link = document.createElement("a");
      link.href = `tel:${part}`;
      link.textContent = part;
      line.append(link);
    } else if (part) {
      line.append(part);
    }
  });
  return line;
}

function fill(bubble, text) {
  bubble.replaceChildren(...text.trim().split("\n").map(lineOf));
}

function show(entry) {
  const item = copyOf(entry.mine ? "mine" : "theirs");
  fill(item.querySelector(".text"), entry.text);
  if (entry.mine) {
    item.dataset.state = entry.state;
    item.querySelector(".resend").addEventListener("click", (event) => resend(entry, item, event));
  } else {
    item.querySelector(".options").append(...entry.options.map(optionOf));
  }
  log.append(item);
  return item;
}

function optionOf(text) {
  const button = copyOf("option");
  button.textContent = text;
  return button;
}

// Only what came after the last own message can still be chosen, and nothing is sent while an answer is awaited.
function refresh() {
  const items = [...log.children];
  const lastOwn = items.map((item) => item.matches(".mine")).lastIndexOf(true);
  items.forEach((item, index) => {
    for (const option of item.querySelectorAll(".option")) option.disabled = index < lastOwn;
    for (const button of item.querySelectorAll(".resend")) button.disabled = Boolean(waiting);
  });
  send.disabled = Boolean(waiting) || !input.value.trim();
}

// A reply longer than the screen is shown from its beginning, anything else at the end.
function reveal(item) {
  log.scrollTop = Math.min(item.offsetTop - 12, log.scrollHeight - log.clientHeight);
}

function fitInput() {
  input.style.height = "auto";
  input.style.height = `${input.scrollHeight}px`;
}

// --- What is asked.

async function post(entry, signal) {
  // One character over the limit is enough for the assistant to say that the question is too long.
  const text = Array.from(entry.text).slice(0, MAX_TEXT + 1).join("");
  const response = await fetch("/api/chat", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ session, id: entry.id, text }),
    signal,
  });
  if (!response.ok) throw new Error(`status ${response.status}`);
  return (await response.json()).messages;
}

async function ask(entry) {
  entries.push(entry);
  save();
  const own = show(entry);
  const typing = copyOf("typing");
  log.append(typing);
  const attempt = new AbortController();
  const timer = setTimeout(() => attempt.abort(), TIMEOUT);
  waiting = attempt;
  refresh();
  reveal(typing);
  const messages = await post(entry, attempt.signal).catch(() => null);
  clearTimeout(timer);
  // "新对话" was pressed meanwhile: the answer belongs to a conversation that is no longer shown.
  if (waiting !== attempt) return;
  waiting = null;
  typing.remove();
  entry.state = own.dataset.state = messages ? "sent" : "failed";
  const replies = (messages || []).map(({ text, options }) => ({ mine: false, text, options }));
  entries.push(...replies);
  save();
  const items = replies.map(show);
  refresh();
  reveal(items[0] || own);
}

function say(text) {
  ask({ mine: true, id: randomId(), text: text.trim(), state: "sending" });
}

function resend(entry, item, event) {
  entries = entries.filter((other) => other !== entry);
  item.remove();
  ask({ ...entry, state: "sending" });
  keepFocus(event);
}

// A pressed button goes away; with the keyboard the focus would be lost, with a finger the screen keyboard would pop up.
function keepFocus(event) {
  if (event.detail === 0) input.focus();
}

function restart() {
  if (waiting) waiting.abort();
  waiting = null;
  session = newSession();
  entries = [];
  save();
  [...log.children].slice(greetings).forEach((item) => item.remove());
  refresh();
  log.scrollTop = 0;
}

function submit(event) {
  event.preventDefault();
  if (send.disabled) return;
  say(input.value);
  input.value = "";
  fitInput();
  refresh();
  input.focus();
}

form.addEventListener("submit", submit);

input.addEventListener("keydown", (event) => {
  // Enter that picks a word of the input method is not for us; Safari tells it only by code 229.
  if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
  submit(event);
});

input.addEventListener("input", () => {
  fitInput();
  refresh();
});

log.addEventListener("click", (event) => {
  const option = event.target.closest(".option");
  if (!option) return;
  say(option.textContent);
  keepFocus(event);
});

document.querySelector("#restart").addEventListener("click", restart);

// The screen keyboard and a growing field take room from below: what was read last stays in sight.
let room = log.clientHeight;
new ResizeObserver(() => {
  log.scrollTop += Math.max(0, room - log.clientHeight);
  room = log.clientHeight;
}).observe(log);

// Another page hands over a question in the address: it is put into the field, and sent only by the worker.
function takeHandedOver() {
  const question = new URLSearchParams(location.hash.slice(1)).get("ask");
  if (!question) return;
  history.replaceState(null, "", location.pathname);
  input.value = question.slice(0, MAX_TEXT);
  fitInput();
  input.focus();
}

const greetings = log.children.length;
for (const bubble of log.querySelectorAll(".text")) fill(bubble, bubble.textContent);
entries.forEach(show);
takeHandedOver();
refresh();
if (entries.length) log.scrollTop = log.scrollHeight;
