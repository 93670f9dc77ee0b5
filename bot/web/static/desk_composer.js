// Writing to a worker: canned replies after a slash, what has to be filled in, and sending once.

const form = document.getElementById("compose");
const token = document.querySelector("meta[name=csrf]").content;

if (form) {
  const box = form.elements.text;
  const popup = document.getElementById("canned");
  const found = document.getElementById("canned-list");
  const chosen = document.getElementById("chosen");
  const prompts = document.getElementById("prompts");
  const mark = document.getElementById("chosen-mark");
  const problem = document.getElementById("problem");
  const draft = `desk-draft-${form.action}`;
  const OPEN = /\{请填写[:：]\s*([^{}\n]+?)\s*\}/g;
  let replies = [];
  let at = 0;
  let timer = 0;
  let running = null;
  let base = "";

  // A key of its own for each message, so that a second try of the same is not sent twice.
  const renew = () => { form.elements.key.value = crypto.randomUUID?.() ?? `${Date.now()}-${Math.random().toString(36).slice(2, 14)}`; };

  const query = () => box.value.slice(0, box.selectionStart).match(/(?:^|\s)\/([^\s/]{0,40})$/);

  function hide() {
    popup.hidden = true;
    running?.abort();
  }

  function point(to) {
    at = Math.max(0, Math.min(replies.length - 1, to));
    [...found.children].forEach((one, index) => one.setAttribute("aria-selected", String(index === at)));
    found.children[at]?.scrollIntoView({ block: "nearest" });
  }

  function list() {
    found.replaceChildren(...replies.map((reply, index) => {
      const item = document.createElement("li");
      const name = document.createElement("strong");
      const text = document.createElement("span");
      item.className = "hit";
      item.setAttribute("role", "option");
      name.textContent = reply.shortcut ? `${reply.title}（${reply.shortcut}）` : reply.title;
      text.textContent = reply.mark ? reply.told : reply.text.slice(0, 60);
      item.append(name, text);
      // Before the box loses the focus.
      item.addEventListener("mousedown", (event) => { event.preventDefault(); take(index); });
      return item;
    }));
    if (!replies.length) {
      const nothing = document.createElement("li");
      nothing.className = "hint";
      nothing.textContent = "没有找到，换个词或拼音首字母";
      found.append(nothing);
    }
    popup.hidden = false;
    point(0);
  }

  async function search(words) {
    running?.abort();
    running = new AbortController();
    try {
      const response = await fetch(`/desk/replies/search?limit=8&q=${encodeURIComponent(words)}`, { signal: running.signal });
      if (!response.ok) throw new Error(response.status);
      ({ replies } = await response.json());
      list();
    } catch (error) {
      if (error.name !== "AbortError") problem.textContent = "没有查到常用语，请刷新页面再试";
    }
  }

  function ask() {
    const names = [...new Set([...base.matchAll(OPEN)].map((one) => one[1]))];
    prompts.replaceChildren(...names.map((name, index) => {
      const field = document.createElement("div");
      const label = document.createElement("label");
      const input = document.createElement("input");
      field.className = "field";
      label.textContent = name;
      label.htmlFor = input.id = `prompt-${index}`;
      input.maxLength = 200;
      input.autocomplete = "off";
      input.dataset.name = name;
      input.addEventListener("input", fill);
      field.append(label, input);
      return field;
    }));
  }

  function fill() {
    const values = new Map([...prompts.querySelectorAll("input")].map((one) => [one.dataset.name, one.value.trim()]));
    box.value = base.replace(OPEN, (whole, name) => values.get(name) || whole);
    box.dispatchEvent(new Event("input"));
  }

  function take(index) {
    const reply = replies[index];
    const place = query();
    if (!reply || !place) return;
    const start = box.selectionStart - place[1].length - 1;
    const whole = [reply.text, ...reply.source].join("\n");
    box.value = base = box.value.slice(0, start) + (reply.mark ? "" : whole) + box.value.slice(box.selectionStart);
    hide();
    chosen.hidden = false;
    document.getElementById("chosen-title").textContent = reply.title;
    document.getElementById("chosen-about").textContent = [reply.about, ...reply.source].filter(Boolean).join(" · ");
    mark.hidden = !reply.mark;
    mark.textContent = reply.mark ? `不能用：${reply.told}` : "";
    form.elements.reply.value = reply.mark ? "" : reply.key;
    ask();
    problem.textContent = "";
    (prompts.querySelector("input") ?? box).focus();
  }

  function drop() {
    chosen.hidden = true;
    form.elements.reply.value = "";
    prompts.replaceChildren();
    box.focus();
  }

  async function send() {
    if (form.dataset.sending) return;
    const open = [...new Set([...box.value.matchAll(OPEN)].map((one) => one[1]))];
    if (open.length) {
      problem.textContent = `还没有填：${open.join("、")}`;
      [...prompts.querySelectorAll("input")].find((one) => !one.value.trim())?.focus();
      return;
    }
    form.dataset.sending = "yes";
    problem.textContent = "";
    try {
      const headers = { "X-CSRF-Token": token, Accept: "application/json" };
      const response = await fetch(form.action, { method: "POST", headers, body: new URLSearchParams(new FormData(form)) });
      const json = response.headers.get("Content-Type")?.startsWith("application/json");
      const answer = json ? await response.json() : {};
      if (!response.ok) throw new Error(answer.told ?? "没有发出去，请刷新页面再试。写的还在。");
      box.value = base = "";
      sessionStorage.removeItem(draft);
      renew();
      drop();
      document.dispatchEvent(new CustomEvent("desk:case"));
    } catch (error) {
      problem.textContent = error instanceof TypeError ? "网络断了，没有发出去。连上以后再按发送，不会发两遍。" : error.message;
    } finally {
      delete form.dataset.sending;
    }
  }

  box.addEventListener("input", (event) => {
    if (event.isTrusted) base = box.value;
    sessionStorage.setItem(draft, box.value);
    if (!box.value.trim() && form.elements.reply.value) drop();
    const place = query();
    clearTimeout(timer);
    if (place) timer = setTimeout(() => search(place[1]), 120);
    else hide();
  });

  box.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const open = !popup.hidden;
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) send();
    else if (open && event.key === "ArrowDown") point(at + 1);
    else if (open && event.key === "ArrowUp") point(at - 1);
    else if (open && (event.key === "Enter" || event.key === "Tab") && replies.length) take(at);
    else if (open && event.key === "Escape") hide();
    else return;
    event.preventDefault();
  });

  prompts.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing) return;
    event.preventDefault();
    const inputs = [...prompts.querySelectorAll("input")];
    const next = inputs.find((one) => !one.value.trim());
    if (event.ctrlKey || event.metaKey) send();
    else (next ?? box).focus();
  });

  document.getElementById("chosen-drop").addEventListener("click", drop);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    delete form.dataset.sent;
    send();
  });

  // What was written stays when the page is loaded anew, for this conversation only.
  box.value = base = sessionStorage.getItem(draft) ?? "";
  renew();
  ask();
}
