// The keyboard: keys for the player anywhere on the page, and the arrow keys from word to word inside a text.

class Keys {
  constructor(player) {
    this.player = player;
    const box = byId("keys");
    box.checked = memory.get("keys") !== false;
    box.addEventListener("change", () => memory.set("keys", box.checked));
    this.enabled = () => box.checked;
    this.acts = {
      " ": () => player.toggle(),
      k: () => player.toggle(),
      j: () => player.seek(player.time - 15),
      l: () => player.seek(player.time + 15),
      ArrowLeft: () => player.seek(player.time - 5),
      ArrowRight: () => player.seek(player.time + 5),
    };
    addEventListener("keydown", (event) => this.#pressed(event));
  }

  #pressed(event) {
    if (event.ctrlKey || event.altKey || event.metaKey || event.defaultPrevented) return;
    if (event.target.classList?.contains("w")) return this.#inText(event);
    // Buttons, links and fields have keys of their own; nobody who types is interrupted.
    if (event.target.closest?.("a, button, input, select, textarea, audio, summary, [contenteditable]")) {
      const typing = event.target.closest("input:not([type=range]):not([type=checkbox]), textarea, select, [contenteditable]");
      if (typing || !/^[jkl]$/i.test(event.key)) return;
    }
    const act = this.acts[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (!act || !this.enabled() || !this.player.current) return;
    event.preventDefault();
    act();
  }

  #inText(event) {
    const text = this.player.articles.find(({ element }) => element.contains(event.target)).text;
    const index = text.indexOf(event.target);
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      this.player.dispatchEvent(new CustomEvent("word", { detail: { text, index } }));
      return;
    }
    const steps = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -1, ArrowDown: 1 };
    const step = steps[event.key];
    if (!step) return;
    event.preventDefault();
    const bySentence = event.key === "ArrowUp" || event.key === "ArrowDown";
    this.focus(text, bySentence ? this.#sentenceBeside(text, index, step) : index + step);
  }

  #sentenceBeside(text, index, step) {
    const place = text.sentences.indexOf(text.words[index].sentence);
    const beside = text.sentences[place + step];
    return beside ? text.words.findIndex((word) => word.sentence === beside) : -1;
  }

  focus(text, index) {
    const word = text.words[index];
    if (!word) return;
    for (const each of text.article.querySelectorAll(".w[tabindex]")) unreachable(each);
    reachable(word.element);
    word.element.focus();
  }
}
