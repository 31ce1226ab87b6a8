// The bar below the page: what is heard, buttons, chapters; and the same on a lock screen or a keyboard's media keys.

class Bar {
  constructor(player) {
    this.player = player;
    const on = (id, act) => byId(id).addEventListener("click", act);
    on("play", () => player.toggle());
    on("back", () => player.seek(player.time - 15));
    on("forward", () => player.seek(player.time + 15));
    on("previous", () => player.step(-1));
    on("next", () => player.step(1));
    on("more", () => this.unfold(byId("panel").hidden));
    byId("seek").addEventListener("input", (event) => player.seek(Number(event.target.value)));
    byId("speed").addEventListener("change", (event) => (player.speed = Number(event.target.value)));
    player.addEventListener("change", () => this.draw());
    player.addEventListener("article", () => this.name());
    player.addEventListener("error", () => (byId("said").textContent = byId("play").dataset.failed));
    this.#session();
  }

  unfold(open) {
    byId("panel").hidden = !open;
    byId("more").setAttribute("aria-expanded", String(open));
  }

  // The article's title, chapters and length.
  name() {
    const { element, guid, chapters } = this.player.current;
    this.player.bar.hidden = false;
    const title = byId("title");
    title.textContent = element.dataset.title;
    title.href = "#" + guid;
    title.lang = element.lang;
    byId("chapter").lang = byId("chapters").lang = element.lang;
    byId("said").textContent = "";
    byId("chapters").replaceChildren(
      ...chapters.map(([name, start]) => {
        const item = document.createElement("li");
        const button = document.createElement("button");
        button.type = "button";
        button.append(name, Object.assign(document.createElement("span"), { textContent: clock(start) }));
        button.addEventListener("click", () => {
          this.player.seek(start);
          this.player.play();
        });
        item.append(button);
        return item;
      }),
    );
    this.#metadata(element);
    this.#reserve();
  }

  draw() {
    const { player } = this;
    if (!player.current) return;
    const { time, length, playing } = player;
    document.documentElement.classList.toggle("playing", playing);
    const button = byId("play");
    button.setAttribute("aria-label", playing ? button.dataset.pause : button.dataset.play);
    byId("passed").textContent = clock(time);
    byId("length").textContent = clock(length);
    const seek = byId("seek");
    seek.max = String(Math.floor(length));
    seek.value = String(Math.floor(time));
    seek.setAttribute(
      "aria-valuetext",
      seek.dataset.text.replace("{place}", clock(time)).replace("{length}", clock(length)),
    );
    const chapter = player.current.chapters.findLastIndex(([, start]) => start <= time + 0.05);
    byId("chapter").textContent = chapter > 0 ? player.current.chapters[chapter][0] : "";
    byId("chapters").querySelectorAll("button").forEach((item, index) => {
      if (index === chapter) item.setAttribute("aria-current", "true");
      else item.removeAttribute("aria-current");
    });
    byId("speed").value = String(player.speed);
    byId("previous").disabled = player.index < 1;
    byId("next").disabled = player.index + 1 >= player.articles.length;
    for (const { element } of player.articles) {
      const heard = element === player.current.element && playing;
      element.classList.toggle("heard", heard);
      const label = element.querySelector("[data-listen] span:last-child");
      label.textContent = heard ? button.dataset.pause : label.dataset.label;
    }
    this.#position();
  }

  // Leaves room below the page, so that the bar never lies over what has the focus.
  #reserve() {
    const set = () =>
      document.documentElement.style.setProperty("--bar", `${this.player.bar.querySelector(".bar").offsetHeight}px`);
    set();
    this.watch ??= new ResizeObserver(set);
    this.watch.observe(this.player.bar);
  }

  #session() {
    if (!("mediaSession" in navigator)) return;
    const { player } = this;
    const acts = {
      play: () => player.play(),
      pause: () => player.sound.pause(),
      seekbackward: (how) => player.seek(player.time - (how.seekOffset || 15)),
      seekforward: (how) => player.seek(player.time + (how.seekOffset || 15)),
      seekto: (how) => player.seek(how.seekTime),
      previoustrack: () => player.step(-1),
      nexttrack: () => player.step(1),
    };
    for (const [name, act] of Object.entries(acts)) {
      try {
        navigator.mediaSession.setActionHandler(name, act);
      } catch {
        // A browser need not know every action.
      }
    }
  }

  #metadata(element) {
    if (!("mediaSession" in navigator)) return;
    const cover = new URL(this.player.bar.dataset.cover, document.baseURI);
    navigator.mediaSession.metadata = new MediaMetadata({
      title: element.dataset.title,
      artist: element.dataset.author,
      album: this.player.bar.dataset.album,
      artwork: /^https?:$/.test(cover.protocol) ? [{ src: cover.href, type: "image/jpeg" }] : [],
    });
  }

  #position() {
    const { length, time, speed } = this.player;
    if (!navigator.mediaSession?.setPositionState || !(length > 0)) return;
    navigator.mediaSession.setPositionState({ duration: length, position: Math.min(time, length), playbackRate: speed });
  }
}
