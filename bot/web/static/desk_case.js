// One conversation at the desk: what was said follows by itself, and others see who looks at it and who types.

const place = document.getElementById("case");
const stories = document.getElementById("story-place");
const there = document.getElementById("people");
const changed = document.getElementById("changed");
const box = document.getElementById("text");
const token = document.querySelector("meta[name=csrf]").content;
const path = `/desk/c/${place.dataset.case}`;
const SEEN_EVERY = 8000;
const TYPING_FOR = 4000;
let typing = false;
let idle = 0;
let loading = false;
let again = false;

function end() {
  const story = document.getElementById("story");
  story.scrollTop = story.scrollHeight;
}

async function refresh() {
  if (loading) { again = true; return; }
  loading = true;
  try {
    const response = await fetch(`${path}?part=story`);
    if (response.ok) {
      const story = document.getElementById("story");
      const atEnd = story.scrollHeight - story.scrollTop - story.clientHeight < 80;
      const top = story.scrollTop;
      // A part of a page that the server has escaped.
      stories.innerHTML = await response.text();
      if (atEnd) end();
      else document.getElementById("story").scrollTop = top;
      const version = document.getElementById("story").dataset.version;
      if (version !== place.dataset.version) changed.hidden = false;
    }
  } finally {
    loading = false;
    if (again) { again = false; refresh(); }
  }
}

function tell(extra = {}) {
  const body = new URLSearchParams({ typing: typing ? "yes" : "no", ...extra });
  return fetch(`${path}/seen`, { method: "POST", headers: { "X-CSRF-Token": token }, body, keepalive: true }).catch(() => {});
}

box?.addEventListener("input", () => {
  clearTimeout(idle);
  idle = setTimeout(() => { typing = false; tell(); }, TYPING_FOR);
  if (!typing) { typing = true; tell(); }
});

document.addEventListener("desk:case", refresh);
document.addEventListener("desk:gone", refresh);
document.addEventListener("desk:people", ({ detail }) => {
  const others = detail.filter((one) => String(one.id) !== place.dataset.me);
  there.textContent = others.map((one) => (one.typing ? `${one.name}正在写回复` : `${one.name}也在看`)).join("，");
});
document.addEventListener("visibilitychange", () => { if (!document.hidden) tell(); });
addEventListener("pagehide", () => tell({ gone: "yes" }));
setInterval(() => { if (!document.hidden) tell(); }, SEEN_EVERY);
tell();
end();
