// What the chat needs in a frame on another website's page: it takes the focus when opened, and asks to be closed.

function close() {
  // The page around may be any that the frame is allowed on; the word tells it nothing.
  parent.postMessage({ gongyou: "close" }, "*");
}

document.querySelector("#close").addEventListener("click", close);

addEventListener("keydown", (event) => {
  if (event.key === "Escape" && !event.isComposing) close();
});

addEventListener("message", (event) => {
  if (event.source !== parent || event.data?.gongyou !== "opened") return;
  // With a finger the screen keyboard would pop up before anything was read.
  document.querySelector(matchMedia("(pointer: coarse)").matches ? "#log" : "#question").focus();
});
