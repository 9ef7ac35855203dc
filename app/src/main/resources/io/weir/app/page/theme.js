/*
 * Dark or light, before anything is painted: what the address says, else what was chosen last, else what the system
 * prefers. A classic script, because modules run only after the page has been parsed.
 */
(() => {
  const system = matchMedia("(prefers-color-scheme: dark)");
  const isTheme = (text) => text === "dark" || text === "light";

  function remembered() {
    try {
      return localStorage.getItem("weir.theme");
    } catch {
      return null; // Storage may be forbidden.
    }
  }

  function chosen() {
    return [new URLSearchParams(location.search).get("theme"), remembered()].find(isTheme);
  }

  function apply() {
    const theme = chosen() ?? (system.matches ? "dark" : "light");
    if (document.documentElement.dataset.theme !== theme) {
      document.documentElement.dataset.theme = theme;
      document.dispatchEvent(new Event("themechange"));
    }
  }

  document.addEventListener("themechosen", (event) => {
    try {
      localStorage.setItem("weir.theme", event.detail);
    } catch {
      // The address still remembers it.
    }
    apply();
  });
  system.addEventListener("change", apply);
  window.addEventListener("popstate", apply);
  apply();
})();
