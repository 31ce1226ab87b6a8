// What is remembered from visit to visit, on this computer alone. Storage may be forbidden or full: then nothing is.

const memory = {
  get(name) {
    try {
      return JSON.parse(localStorage.getItem("vivavoce " + name));
    } catch {
      return null;
    }
  },

  set(name, value) {
    try {
      localStorage.setItem("vivavoce " + name, JSON.stringify(value));
    } catch {
      // Listening goes on without it.
    }
  },
};

// A page is known by where it is: on a disk all pages share one storage.
const herePage = () => location.protocol + "//" + location.host + location.pathname.replace(/index\.html$/, "");
