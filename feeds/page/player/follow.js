// Marks the word that is heard, and keeps it in sight until the reader looks elsewhere.

class Follower {
  constructor(player, back) {
    this.player = player;
    this.back = back;
    this.index = -1;
    this.marked = null;
    this.following = true;
    this.movedByUs = 0;
    for (const name of ["wheel", "touchmove"]) addEventListener(name, () => this.leave(), { passive: true });
    addEventListener("scroll", () => this.#scrolled(), { passive: true });
    addEventListener("scrollend", () => (this.movedByUs = Math.min(this.movedByUs, performance.now() + 80)));
    back.addEventListener("click", () => this.rejoin());
  }

  // Marks what is heard at `time` in `text`.
  show(text, time) {
    const index = text ? text.at(time) : -1;
    const word = index < 0 ? null : text.words[index];
    if (word?.element === this.marked?.element) return;
    this.marked?.element.classList.remove("now");
    if (word?.sentence !== this.marked?.sentence) {
      for (const element of this.marked?.sentence ?? []) element.classList.remove("here");
      for (const element of word?.sentence ?? []) element.classList.add("here");
    }
    word?.element.classList.add("now");
    this.marked = word;
    if (this.following) this.bring();
    this.#offer();
  }

  // The reader has gone elsewhere.
  leave() {
    if (!this.marked || !this.player.playing) return;
    this.following = false;
    this.#offer();
  }

  rejoin() {
    this.following = true;
    this.bring(true);
    this.#offer();
  }

  bring(always = false) {
    if (!this.marked) return;
    const box = this.marked.element.getBoundingClientRect();
    const bottom = innerHeight - this.player.bar.offsetHeight;
    if (!always && box.top > innerHeight * 0.12 && box.bottom < bottom - 48) return;
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.movedByUs = performance.now() + 1200;
    scrollTo({ top: scrollY + box.top - bottom * 0.3, behavior: calm ? "instant" : "smooth" });
  }

  inSight() {
    if (!this.marked) return false;
    const box = this.marked.element.getBoundingClientRect();
    return box.bottom > 0 && box.top < innerHeight - this.player.bar.offsetHeight;
  }

  #scrolled() {
    if (performance.now() < this.movedByUs) return;
    if (this.inSight()) this.following = true;
    else this.leave();
    this.#offer();
  }

  #offer() {
    this.back.hidden = this.following || this.inSight() || !this.marked;
  }
}
