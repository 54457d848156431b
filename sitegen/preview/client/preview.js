/* What the preview does in a page: it reloads what was saved, shows what is in the way, and says how a post stands.
   It runs before LiveReload's own script, whose protocol carries its messages, and under the policy of the page: no
   style attribute, no inline script, and nothing that a file says becomes markup. */
(function () {
  "use strict";
  const script = document.currentScript;
  const page = JSON.parse(script.dataset.sitegen);
  const STORED = "sitegen.preview.";
  const BLOCKS = "h1,h2,h3,h4,h5,h6,p,li,dt,dd,pre,td,th,figcaption,blockquote";

  function store(key, value) {
    try {
      if (value === null) sessionStorage.removeItem(STORED + key);
      else sessionStorage.setItem(STORED + key, value);
    } catch { /* a page may be denied its storage, and a long text may not fit */ }
  }

  function stored(key) {
    try { return sessionStorage.getItem(STORED + key); } catch { return null; }
  }

  function make(name, attributes, ...children) {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes || {})) {
      if (typeof value === "function") element.addEventListener(key, value);
      else if (value !== null) element.setAttribute(key, value);
    }
    element.append(...children.filter(child => child !== null && child !== ""));
    return element;
  }

  /* ---- what a message asks for ---- */

  const actions = {
    reload(message) {
      if (message.edited) store("blocks", JSON.stringify(blocks().map(block => block.textContent)));
      location.reload();
    },
    styles(message) {
      for (const link of document.querySelectorAll("link[rel~=stylesheet][href]")) {
        const known = message.styles.find(([from]) => from === link.getAttribute("href").split("?")[0]);
        if (known) swap(link, `${known[1]}?${message.stamp}`);
      }
    },
    pictures(message) {
      const isOne = address => message.pictures.includes(new URL(address, location).pathname);
      for (const element of document.querySelectorAll("img[src],source[src],video[poster],image[href]")) {
        for (const name of ["src", "poster", "href"]) {
          const address = element.getAttribute(name);
          if (address && isOne(address)) element.setAttribute(name, `${address.split("?")[0]}?${message.stamp}`);
        }
      }
      for (const element of document.querySelectorAll("[srcset]")) {
        const set = element.getAttribute("srcset").split(", ").map(candidate => {
          const [address, ...rest] = candidate.trim().split(/\s+/);
          return [isOne(address) ? `${address.split("?")[0]}?${message.stamp}` : address, ...rest].join(" ");
        });
        element.setAttribute("srcset", set.join(", "));
      }
    },
    /* A page that connects is told what it was loaded with; what was hidden meanwhile stays hidden until a save. */
    errors(message) {
      const isKnown = message.stamp === page.stamp && JSON.stringify(message.findings) === JSON.stringify(page.findings);
      page.stamp = message.stamp;
      if (!isKnown) showErrors(message.findings);
    },
    clear() { showErrors([]); },
  };

  /* The new style sheet is there before the old one goes, so that the page is never bare. */
  function swap(link, address) {
    const fresh = link.cloneNode();
    fresh.addEventListener("load", () => link.remove());
    fresh.setAttribute("href", address);
    link.after(fresh);
  }

  function Plugin() {}
  Plugin.identifier = "sitegen";
  Plugin.version = "1.0";
  Plugin.prototype.analyze = () => ({ shown: page.shown, errors: page.findings.length > 0 });
  Plugin.prototype.reload = function (_path, options) {
    const message = JSON.parse(options.originalPath || "{}");
    const act = actions[message.do];
    if (!act) return false;
    if (message.shown) page.shown = message.shown;
    act(message);
    return true;
  };
  window.LiveReloadPluginSitegen = Plugin;

  /* ---- the paragraph that was edited ---- */

  function blocks() {
    return [...(document.querySelector("main") || document.body).querySelectorAll(BLOCKS)];
  }

  function showEdit() {
    const before = JSON.parse(stored("blocks") || "null");
    store("blocks", null);
    if (!before) return;
    const now = blocks();
    let at = 0;
    while (at < now.length && at < before.length && now[at].textContent === before[at]) at++;
    if (at === now.length && at === before.length) return;
    const edited = now[Math.min(at, now.length - 1)];
    const box = edited && edited.getBoundingClientRect();
    if (box && (box.top < 0 || box.top > innerHeight)) edited.scrollIntoView({ block: "center" });
  }

  /* ---- what stands over the page ---- */

  const STYLE = `
    :host { all: initial; color-scheme: light dark; --paper: #fbfaf7; --ink: #1b1a18; --soft: #5f5b54; --line: #cfc8ba;
      --code: #f1eee6; --alarm: #a81e1e; --mark: #f6c9c2; --link: #0b4a8f; --draft: #7a4b00; }
    @media (prefers-color-scheme: dark) { :host { --paper: #1e2026; --ink: #ece8df; --soft: #b0aa9f; --line: #4a4740;
      --code: #15161a; --alarm: #ff8f80; --mark: #74261f; --link: #8ab8f5; --draft: #f0b860; } }
    @media print { :host { display: none } }
    * { box-sizing: border-box; }
    :focus-visible { outline: 3px solid #0b57d0; outline-offset: 2px; }
    @media (prefers-color-scheme: dark) { :focus-visible { outline-color: #8ab4f8; } }
    button, a { font: inherit; color: var(--link); background: none; border: 0; padding: 0; cursor: pointer;
      text-decoration: underline; text-underline-offset: .15em; }
    .bar { position: fixed; inset: auto 0 0; z-index: 2147483646; display: flex; flex-wrap: wrap; align-items: center;
      gap: .125rem 1.25rem; padding: .375rem 1rem; background: var(--paper); color: var(--ink);
      border-top: 3px double var(--line); font: .875rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; }
    .bar > * { min-height: 24px; display: inline-flex; align-items: center; }
    .bar .soft { color: var(--soft); }
    .bar .end { margin-inline-start: auto; }
    .bar b { font-weight: 600; color: var(--draft); }
    .bar details { display: inline-block; }
    .bar summary { cursor: pointer; color: var(--alarm); min-height: 24px; align-content: center; }
    .bar ul { position: absolute; bottom: 100%; inset-inline: 0; margin: 0; padding: .75rem 1rem .75rem 2rem;
      background: var(--paper); border-top: 3px double var(--line); max-height: 50vh; overflow: auto; }
    .bar li { margin: .25rem 0; }
    /* In the margin, where a page has no text: it is 16 px wide on the narrowest phones. */
    .ribbon { position: fixed; inset-block-start: 0; inset-inline-start: 0; z-index: 2147483645; pointer-events: none;
      width: clamp(.8125rem, 3vw, 1.5rem); max-height: 100%; overflow: hidden; background: var(--draft); }
    .ribbon span { display: flex; align-items: center; width: 100%; padding: .75rem 0; writing-mode: vertical-rl;
      white-space: nowrap; color: var(--paper);
      font: 600 clamp(.6875rem, 1.75vw, .8125rem)/1 system-ui, -apple-system, "Segoe UI", sans-serif; }
    .veil { position: fixed; inset: 0; z-index: 2147483647; overflow: auto; background: rgb(20 18 16 / .55);
      padding: clamp(.5rem, 4vw, 3rem); font: 1rem/1.55 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; }
    .errors { max-width: 54rem; margin: 0 auto; padding: clamp(1rem, 3vw, 2rem); background: var(--paper);
      color: var(--ink); border-top: .375rem solid var(--alarm); border-radius: .25rem; }
    .errors header { display: flex; gap: 1rem; align-items: baseline; justify-content: space-between; }
    h2 { margin: 0; font: 700 clamp(1.375rem, 3vw, 1.875rem)/1.2 Georgia, "Times New Roman", serif; }
    h3 { margin: .25rem 0 0; font-size: 1.125rem; line-height: 1.35; overflow-wrap: anywhere; }
    .lead { margin: .5rem 0 0; color: var(--soft); }
    article { margin-top: 1.25rem; padding-top: 1.25rem; border-top: 1px solid var(--line); }
    .place { margin: 0; color: var(--alarm); }
    .place, pre { font-family: ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace;
      font-size: .9375rem; overflow-wrap: anywhere; }
    .place button { color: inherit; text-align: start; }
    pre { display: flex; margin: .75rem 0 0; padding: .625rem .875rem; overflow-x: auto; background: var(--code);
      border-inline-start: .25rem solid var(--alarm); tab-size: 4; }
    pre span { padding-inline-end: 1rem; color: var(--soft); user-select: none; }
    mark { background: var(--mark); color: inherit; box-shadow: 0 .125rem 0 var(--alarm); }
    dl { display: grid; grid-template-columns: auto 1fr; gap: .25rem .75rem; margin: .75rem 0 0; }
    dt { color: var(--soft); }
    dd { margin: 0; overflow-wrap: anywhere; }`;

  let root = null;

  function shadow() {
    if (!root) {
      const host = make("sitegen-preview", { lang: "en", dir: document.documentElement.dir || "ltr" });
      root = host.attachShadow({ mode: "open" });
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(STYLE);
      root.adoptedStyleSheets = [sheet];
      document.body.append(host);
    }
    return root;
  }

  function put(name, element) {
    const old = root && root.querySelector(`.${name}`);
    if (old) old.remove();
    if (element) shadow().append(element);
  }

  async function open(path, line) {
    const asked = `/livereload/edit?${new URLSearchParams({ path, line })}`;
    const answer = await fetch(asked, { method: "POST" });
    if (!answer.ok) alert(await answer.text());
  }

  function editButton(words, path, line) {
    return page.edits && path ? make("button", { type: "button", click: () => open(path, line) }, words) : null;
  }

  /* ---- errors ---- */

  function showErrors(findings) {
    page.findings = findings;
    if (!findings.length) { put("veil", null); return; }
    const title = findings.length > 1 ? `${findings.length} things are in the way` : "One thing is in the way";
    const hide = make("button", { type: "button", click: () => put("veil", null) }, "Hide");
    put("veil", make("div", { class: "veil" },
      make("div", { class: "errors", role: "alert" },
        make("header", null, make("h2", null, title), hide),
        make("p", { class: "lead" }, "Behind this is the page as it was. Save the repair, and it is up to date by itself."),
        ...findings.map(articleOf))));
  }

  function articleOf(finding) {
    const rows = [["Why", finding.why], ["Fix", finding.hint]].filter(([, text]) => text);
    return make("article", null,
      finding.place ? make("p", { class: "place" },
        editButton(finding.place, finding.path, finding.line) || finding.place) : null,
      make("h3", null, finding.what),
      finding.excerpt ? excerptOf(finding) : null,
      rows.length ? make("dl", null, ...rows.flatMap(([name, text]) => [make("dt", null, name), make("dd", null, text)]))
        : null);
  }

  function excerptOf({ excerpt, line, column }) {
    const characters = [...excerpt];
    const code = make("code");
    if (column) {
      code.append(characters.slice(0, column - 1).join(""), make("mark", null, characters[column - 1] || " "),
        characters.slice(column).join(""));
    } else code.append(excerpt);
    return make("pre", { tabindex: "0" }, line ? make("span", null, String(line)) : null, code);
  }

  /* ---- the bar, and the ribbon of what is not published ---- */

  function showBar() {
    const post = page.post;
    if (!post || stored("bar") === "hidden") { put("bar", null); room(0); return; }
    const hints = post.hints.length ? make("details", null,
      make("summary", null, post.hints.length > 1 ? `${post.hints.length} hints` : "1 hint"),
      make("ul", null, ...post.hints.map(hint => make("li", null, hint.what,
        ...(hint.line ? [" (", editButton(`line ${hint.line}`, post.path, hint.line) || `line ${hint.line}`, ")"] : []),
        hint.fix ? `: ${hint.fix}` : "")))) : null;
    const bar = make("div", { class: "bar", role: "region", "aria-label": "Preview" },
      make("span", null, post.state ? make("b", null, post.state) : "Published"),
      make("span", { class: "soft" }, `${post.words} words, ${post.minutes} min`),
      hints,
      editButton("Edit", post.path, 1),
      post.next ? make("a", { href: post.next }, "Next draft") : null,
      make("button", { class: "end", type: "button", title: "b hides it and brings it back", click: toggleBar }, "Hide"));
    put("bar", bar);
    room(bar.offsetHeight);
  }

  /* The foot of the page can be scrolled out from behind the bar. */
  function room(pixels) {
    document.documentElement.style.scrollPaddingBlockEnd = `${pixels}px`;
    document.body.style.marginBlockEnd = pixels ? `${pixels}px` : "";
  }

  function toggleBar() {
    store("bar", stored("bar") === "hidden" ? null : "hidden");
    showBar();
  }

  function showRibbon() {
    if (page.post && page.post.state) {
      put("ribbon", make("div", { class: "ribbon", "aria-hidden": "true" }, make("span", null, page.post.state)));
    }
  }

  document.addEventListener("keydown", event => {
    if (event.key === "Escape") put("veil", null);
    const typing = event.target instanceof Element && event.target.closest("input,textarea,select,[contenteditable]");
    if (event.key === "b" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) toggleBar();
  });
  document.addEventListener("DOMContentLoaded", () => {
    showRibbon();
    showBar();
    showErrors(page.findings);
  });
  addEventListener("load", () => requestAnimationFrame(showEdit));
})();
