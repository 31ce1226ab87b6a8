// Following: the address to copy, and links into apps that lead to where this page really is.

function followHere() {
  const feed = byId("feed");
  const address = byId("address");
  if (!feed || !address || !/^https?:$/.test(location.protocol)) return;
  const here = new URL(feed.getAttribute("href"), document.baseURI).href;
  if (here === address.textContent) return;
  // A preview, a mirror, another computer in the house: its own feed is the one that can be reached.
  address.textContent = here;
  const bare = here.replace(/^https?:\/\//, "");
  for (const link of document.querySelectorAll("[data-app]")) {
    link.href = link.dataset.app.replace("{bare}", bare).replace("{quoted}", encodeURIComponent(here));
  }
  const code = document.querySelector(".qr");
  if (code && new URL(".", document.baseURI).href !== code.dataset.address) code.hidden = true;
}

async function copy(text, button) {
  const label = button.dataset.label ?? button.textContent;
  button.dataset.label = label;
  try {
    await navigator.clipboard.writeText(text);
    button.textContent = button.dataset.done;
  } catch {
    button.textContent = text; // where copying is forbidden it can be read
  }
  setTimeout(() => (button.textContent = label), 4000);
}

function copyButtons() {
  for (const button of document.querySelectorAll("[data-copy]")) {
    button.addEventListener("click", () => copy(byId(button.dataset.copy).textContent, button));
  }
}
