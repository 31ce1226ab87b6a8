// The words of an article and when they are heard. They become elements of their own when the article comes near the
// window, so that a long page is there at once.

const TIME = /^(\d+) (\d+)((?: -?\d+,\d+(?:,\d+)?)*)$/;

// An element's attribute: start and end, then for each word its distance in time from the one before, its length, and
// the characters before it (1 where none are given). Times are hundredths of a second.
function timesOf(element) {
  const found = TIME.exec(element.dataset.t);
  if (!found) return null;
  let time = Number(found[1]);
  let place = 0;
  const words = found[3].split(" ").slice(1).map((entry) => {
    const [distance, length, gap = 1] = entry.split(",").map(Number);
    time += distance;
    const start = place + gap;
    place = start + length;
    return { start, end: place, time: time / 100 };
  });
  const fits = !words.length || words[words.length - 1].end <= element.textContent.length;
  return fits ? { start: found[1] / 100, end: found[2] / 100, words } : null;
}

class ArticleText {
  constructor(article) {
    this.article = article;
    this.sentences = []; // each the elements of a whole sentence: several where its language changes
    for (const element of article.querySelectorAll("[data-t]")) {
      if (element.hasAttribute("data-joins") && this.sentences.length) this.sentences.at(-1).push(element);
      else this.sentences.push([element]);
    }
    this.words = null;
  }

  // Every word as {element, time}, in the order of reading.
  open() {
    if (this.words) return this.words;
    this.words = [];
    for (const sentence of this.sentences) {
      for (const element of sentence) this.#split(element, timesOf(element), sentence);
    }
    if (this.words.length) reachable(this.words[0].element);
    return this.words;
  }

  #split(element, times, sentence) {
    if (!times) return;
    const text = element.textContent;
    const parts = [];
    let reached = 0;
    for (const word of times.words) {
      if (word.start > reached) parts.push(text.slice(reached, word.start));
      const span = document.createElement("span");
      span.className = "w";
      span.textContent = text.slice(word.start, word.end);
      this.words.push({ element: span, time: word.time, sentence });
      parts.push(span);
      reached = word.end;
    }
    parts.push(text.slice(reached));
    element.replaceChildren(...parts);
  }

  // The index of the word that is heard at this time, or -1 before the first.
  at(time) {
    const words = this.open();
    let low = 0;
    let high = words.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (words[middle].time <= time) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }

  indexOf(element) {
    return this.open().findIndex((word) => word.element === element);
  }
}

// One word of an article is reached with the Tab key; the arrow keys lead from it to the others.
function reachable(element) {
  element.tabIndex = 0;
  element.setAttribute("role", "button");
  element.setAttribute("aria-describedby", "word-help");
}

function unreachable(element) {
  for (const name of ["tabindex", "role", "aria-describedby"]) element.removeAttribute(name);
}
