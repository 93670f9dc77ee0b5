// What is under way is looked at every second, and when it has ended the page is shown anew; without this script one reloads.

const EVERY = 1000;

async function look() {
  const shown = document.querySelector("[data-progress]");
  if (!shown) return;
  try {
    const response = await fetch(location.href, { headers: { Accept: "text/html" } });
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const now = page.querySelector("[data-progress]");
    if (response.redirected || !now) {
      location.reload();
      return;
    }
    // Only what has changed is put in, so that a screen reader says it once.
    if (now.innerHTML !== shown.innerHTML) shown.innerHTML = now.innerHTML;
  } catch {
    // The service may be starting anew: the next look tells.
  }
  setTimeout(look, EVERY);
}

setTimeout(look, EVERY);
