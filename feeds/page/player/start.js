// Puts it all together when the page is there.

const SAVE_EVERY_S = 2;

document.documentElement.classList.add("scripted");

// `#guid&t=83` is an article and a second in it.
function placeInAddress(player) {
  const [, guid, time] = /^#([^&]+)(?:&t=(\d+(?:\.\d+)?))?$/.exec(location.hash) ?? [];
  const article = guid && player.find(decodeURIComponent(guid));
  return article ? { article, time: time === undefined ? null : Number(time) } : null;
}

function remember(player) {
  let saved = -Infinity;
  const save = () => {
    if (!player.current) return;
    saved = player.time;
    const place = { guid: player.current.guid, time: Math.round(player.time * 100) / 100 };
    memory.set(herePage(), place);
    const title = player.current.element.dataset.title;
    memory.set("last", { ...place, title, lang: player.current.element.lang, page: location.href.replace(/#.*/s, "") });
  };
  player.addEventListener("timeupdate", () => Math.abs(player.time - saved) >= SAVE_EVERY_S && save());
  for (const name of ["pause", "seeked", "place"]) player.addEventListener(name, save);
  addEventListener("pagehide", save);
  player.addEventListener("speed", () => memory.set("speed", player.speed));
}

function readAlong(player) {
  const follower = new Follower(player, byId("return"));
  const show = () => player.current && follower.show(player.current.text, player.time);
  const run = () => {
    show();
    if (player.playing) requestAnimationFrame(run);
  };
  player.addEventListener("play", run);
  player.addEventListener("place", show);
  player.addEventListener("seeked", show);

  const listen = ({ element, text }, index) => {
    player.take(player.articles.find((article) => article.element === element), text.words[index].time);
    follower.following = true;
    player.play();
  };
  player.addEventListener("word", ({ detail }) => listen({ element: detail.text.article, text: detail.text }, detail.index));
  document.addEventListener("click", (event) => {
    const word = event.target.closest?.(".w");
    if (!word || event.ctrlKey || event.metaKey || event.shiftKey || !getSelection().isCollapsed) return;
    const article = player.articles.find(({ element }) => element.contains(word));
    listen(article, article.text.indexOf(word));
  });
  const near = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) {
        if (!isIntersecting) continue;
        near.unobserve(target);
        player.articles.find(({ element }) => element === target).text.open();
      }
    },
    { rootMargin: "300px" },
  );
  for (const { element } of player.articles) near.observe(element);
  return follower;
}

function issuePage() {
  const player = new Player(byId("sound"), byId("player"));
  new Bar(player);
  new Keys(player);
  player.speed = memory.get("speed") || 1;
  const follower = readAlong(player);

  for (const button of document.querySelectorAll("[data-listen]")) {
    button.addEventListener("click", () => {
      const article = player.articles.find(({ element }) => element.contains(button));
      if (player.current === article) player.toggle();
      else player.take(article), player.play();
    });
  }
  byId("listen").addEventListener("click", () => player.toggle());
  byId("share").addEventListener("click", (event) => {
    const place = `#${player.current.guid}&t=${Math.floor(player.time)}`;
    copy(location.href.replace(/#.*/s, "") + place, event.currentTarget);
  });

  const go = () => {
    const asked = placeInAddress(player);
    if (asked?.time == null) return false;
    player.take(asked.article, asked.time);
    asked.article.element.scrollIntoView();
    follower.rejoin();
    return true;
  };
  addEventListener("hashchange", go);
  const last = memory.get(herePage());
  const article = last && player.find(last.guid);
  if (!go() && article) {
    player.take(article, last.time);
    byId("listen").querySelector("span").textContent = byId("listen").dataset.resume;
  }
  remember(player);
}

// The edition's page leads back to where the listener stopped.
function editionPage() {
  const last = memory.get("last");
  const link = byId("resume");
  // On a disk all editions share one storage: only a page below this one is ours.
  if (!last?.page?.startsWith(new URL(".", location.href).href)) return;
  link.href = `${last.page}#${last.guid}&t=${Math.floor(last.time)}`;
  const title = Object.assign(document.createElement("span"), { textContent: last.title, lang: last.lang });
  link.append(title);
  link.hidden = false;
}

addEventListener("DOMContentLoaded", () => {
  if (document.body.dataset.page === "issue") issuePage();
  else editionPage();
  followHere();
  copyButtons();
});
