// One sound for the whole page: which article is heard, from where, how fast.

const byId = (id) => document.getElementById(id);

function clock(seconds) {
  const whole = Math.max(0, Math.floor(seconds));
  const rest = String(whole % 60).padStart(2, "0");
  const minutes = Math.floor(whole / 60) % 60;
  return whole >= 3600 ? `${Math.floor(whole / 3600)}:${String(minutes).padStart(2, "0")}:${rest}` : `${minutes}:${rest}`;
}

class Player extends EventTarget {
  constructor(sound, bar) {
    super();
    this.sound = sound;
    this.bar = bar;
    this.articles = [...document.querySelectorAll("article[data-src]")].map((element) => ({
      element,
      guid: element.dataset.guid,
      seconds: Number(element.dataset.seconds),
      chapters: JSON.parse(element.dataset.chapters),
      text: new ArticleText(element),
    }));
    this.current = null;
    this.wanted = null; // a place asked for before the sound could go there
    sound.addEventListener("loadedmetadata", () => this.#arrive());
    sound.addEventListener("ended", () => this.step(1) || this.#tell("idle"));
    for (const name of ["play", "pause", "seeked", "timeupdate", "durationchange", "error"]) {
      sound.addEventListener(name, () => this.#tell(name));
    }
  }

  get playing() {
    return !this.sound.paused && !this.sound.ended;
  }

  get time() {
    return this.wanted ?? this.sound.currentTime;
  }

  get length() {
    const known = this.sound.duration;
    return Number.isFinite(known) ? known : (this.current?.seconds ?? 0);
  }

  get index() {
    return this.articles.indexOf(this.current);
  }

  find(guid) {
    return this.articles.find((article) => article.guid === guid);
  }

  // Makes an article the one that is heard, from `time` on, without playing it yet.
  take(article, time = 0) {
    if (this.current !== article) {
      this.current = article;
      this.wanted = time;
      this.sound.src = article.element.dataset.src;
      this.sound.playbackRate = this.sound.defaultPlaybackRate;
      this.#tell("article");
    }
    this.seek(time);
  }

  seek(time) {
    const place = Math.min(Math.max(0, time), Math.max(0, this.length - 0.05));
    if (this.sound.readyState > 0) {
      this.wanted = null;
      this.sound.currentTime = place;
    } else {
      this.wanted = place;
    }
    this.#tell("place");
  }

  #arrive() {
    if (this.wanted !== null) this.sound.currentTime = this.wanted;
    this.wanted = null;
  }

  async play() {
    if (!this.current && this.articles.length) this.take(this.articles[0]);
    try {
      await this.sound.play();
    } catch (reason) {
      if (reason.name !== "AbortError") this.#tell("error");
    }
  }

  toggle() {
    if (this.playing) this.sound.pause();
    else this.play();
  }

  // Goes to the article before or after this one, playing on; false where there is none.
  step(by) {
    const article = this.articles[this.index + by];
    if (!article) return false;
    this.take(article);
    this.play();
    return true;
  }

  // 0.75 to 2; every voice keeps its pitch.
  get speed() {
    return this.sound.defaultPlaybackRate;
  }

  set speed(rate) {
    this.sound.defaultPlaybackRate = rate;
    this.sound.playbackRate = rate;
    this.#tell("speed");
  }

  #tell(name) {
    this.dispatchEvent(new Event("change"));
    this.dispatchEvent(new Event(name));
  }
}
