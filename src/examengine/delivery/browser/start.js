// The terminal measures its characters once, when it opens: the fonts have to be there by then.
const terminal = document.currentScript.dataset.terminal;

window.addEventListener("load", async () => {
  const faces = ["", "bold ", "italic "].map((face) => document.fonts.load(`${face}16px "Roboto Mono"`));
  await Promise.allSettled(faces);
  const script = document.createElement("script");
  script.src = terminal;
  script.onload = () => window.onload();
  document.body.append(script);
});

// Keys work at once, without a click; before the program has answered, nobody could take them.
window.addEventListener("DOMContentLoaded", () => {
  const observer = new MutationObserver(() => {
    if (document.body.classList.contains("-first-byte")) {
      observer.disconnect();
      document.querySelector(".xterm-helper-textarea").focus();
    }
  });
  observer.observe(document.body, { attributeFilter: ["class"] });
});
