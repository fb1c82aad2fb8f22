"use strict";
(() => {
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const made = (name, properties, ...children) => {
    const element = Object.assign(document.createElement(name), properties);
    element.append(...children);
    return element;
  };
  const here = () => document.getElementById(decodeURIComponent(location.hash.slice(1)));

  // What a link leads to may be folded away.
  const reveal = () => {
    const target = here();
    if (!target) return;
    for (let fold = target.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
    for (const fold of all(":scope > td > details", target)) fold.open = true;
    target.scrollIntoView();
  };
  addEventListener("hashchange", reveal);

  // On paper nothing can be opened.
  let folded = [];
  addEventListener("beforeprint", () => {
    folded = all("main details:not([open]):not([name])");
    for (const fold of folded) fold.open = true;
  });
  addEventListener("afterprint", () => folded.forEach((fold) => (fold.open = false)));

  // Contents are a column where there is room for one.
  const contents = document.querySelector(".contents");
  const narrow = matchMedia("(max-width: 63.99rem)");
  const fit = () => (contents.open = !narrow.matches);
  narrow.addEventListener("change", fit);
  fit();
  contents.addEventListener("click", (event) => {
    if (narrow.matches && event.target.closest("a")) contents.open = false;
  });

  // Copying.
  const copy = async (text, button) => {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      const area = made("textarea", { value: text, readOnly: true, className: "hushed" });
      document.body.append(area);
      area.select();
      document.execCommand("copy");
      area.remove();
    }
    button.textContent = "copied";
    setTimeout(() => (button.textContent = "copy"), 1500);
  };
  const copier = (text, what) => {
    const button = made("button", { type: "button", className: "copy", textContent: "copy" });
    button.setAttribute("aria-label", `Copy ${what}`);
    button.addEventListener("click", () => copy(text(), button));
    return button;
  };
  for (const block of all(".code")) {
    const pre = block.querySelector("pre");
    block.append(copier(() => pre.textContent, `the ${block.dataset.what}`));
  }
  for (const path of all("[data-copy]")) path.after(" ", copier(() => path.dataset.copy, "the path"));

  // What scrolls can be reached by the keyboard.
  const reachable = () => {
    for (const box of all(".scroll, pre")) {
      if (box.scrollWidth <= box.clientWidth && box.scrollHeight <= box.clientHeight) continue;
      box.tabIndex = 0;
      box.setAttribute("role", "region");
      box.setAttribute("aria-label", box.parentElement.dataset.what ?? "table");
    }
  };
  (window.requestIdleCallback ?? setTimeout)(reachable);

  // Where we are.
  const entries = new Map(all(".operations a").map((link) => [link.hash.slice(1), link]));
  const watcher = new IntersectionObserver(
    (seen) => {
      for (const { target, isIntersecting } of seen) {
        const link = entries.get(target.id);
        if (!link) continue;
        isIntersecting ? link.setAttribute("aria-current", "true") : link.removeAttribute("aria-current");
        if (isIntersecting && !narrow.matches) link.scrollIntoView({ block: "nearest" });
      }
    },
    { rootMargin: "-15% 0px -75% 0px" },
  );
  all("article.operation").forEach((article) => watcher.observe(article));

  // Search.
  const words = (element) => element.textContent.replace(/\s+/g, " ").trim();
  const title = (heading) => words(heading).replace(/ #$/, "");
  const operation = (article) => ({
    id: article.id,
    kind: words(article.querySelector(".method")),
    title: title(article.querySelector("h3")),
    hint: article.querySelector(".path").textContent,
    text: [article.id, ...all(".path, .badge, .lead, th[scope=row] .name, .said > details .name", article).map(words)].join(" "),
    weight: 3,
  });
  const thing = (element) => ({
    id: element.id,
    kind: element.matches(".component") ? "type" : element.id.split("-")[0],
    title: element.matches(".component") ? title(element.querySelector("h3")) : words(element.querySelector("th")),
    hint: element.matches(".component") ? words(element.querySelector("p")) : element.dataset.find.replace(/^\S+\s*/, ""),
    text: element.dataset.find,
    weight: element.matches(".component") ? 1 : 2,
  });
  const example = (element) => ({
    id: element.id,
    kind: words(element.querySelector(".status")),
    title: words(element.querySelector(".why")),
    hint: element.id,
    text: element.id,
    weight: 0,
  });
  let index = null;
  const built = () =>
    (index ??= [
      ...all("article.operation").map(operation),
      ...all("[data-find]").map(thing),
      ...all(".example[id]").map(example),
    ].map((entry) => ({ ...entry, text: `${entry.title} ${entry.text}`.toLowerCase() })));
  const score = (entry, terms) => {
    const name = `${entry.title} ${entry.id}`.toLowerCase();
    if (!terms.every((term) => entry.text.includes(term))) return -1;
    return entry.weight + 10 * terms.filter((term) => name.includes(term)).length + 5 * name.startsWith(terms[0]);
  };

  const box = document.querySelector(".search");
  const input = document.getElementById("find");
  const list = document.getElementById("found");
  const count = document.getElementById("count");
  let chosen = 0;
  const choose = (position) => {
    const options = all("li", list);
    if (!options.length) return;
    chosen = (position + options.length) % options.length;
    options.forEach((option, i) => option.setAttribute("aria-selected", String(i === chosen)));
    input.setAttribute("aria-activedescendant", options[chosen].id);
    options[chosen].scrollIntoView({ block: "nearest" });
  };
  const close = () => {
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  const go = (entry) => {
    close();
    input.blur();
    if (location.hash === `#${entry.id}`) reveal();
    else location.hash = entry.id;
  };
  const option = (entry, position) => {
    const kind = made("span", { className: "kind", textContent: entry.kind });
    const hint = made("span", { className: "hint", textContent: entry.hint });
    const row = made("li", { id: `found-${position}` }, kind, made("span", { textContent: entry.title }), hint);
    row.setAttribute("role", "option");
    row.addEventListener("mousedown", (event) => (event.preventDefault(), go(entry)));
    row.addEventListener("mousemove", () => chosen !== position && choose(position));
    row.entry = entry;
    return row;
  };
  const search = () => {
    const terms = input.value.toLowerCase().split(/\s+/).filter(Boolean);
    if (!terms.length) return close();
    const hits = built()
      .map((entry) => [score(entry, terms), entry])
      .filter(([points]) => points >= 0)
      .sort(([a], [b]) => b - a);
    list.replaceChildren(...hits.slice(0, 14).map(([, entry], position) => option(entry, position)));
    if (!hits.length) list.append(made("li", { className: "nothing", textContent: "Nothing found" }));
    count.textContent = `${hits.length} found`;
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
    if (hits.length) choose(0);
  };
  box.hidden = false;
  input.addEventListener("input", search);
  input.addEventListener("focus", search);
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    const entry = all("li", list)[chosen]?.entry;
    if (event.key === "ArrowDown") choose(chosen + 1);
    else if (event.key === "ArrowUp") choose(chosen - 1);
    else if (event.key === "Enter" && entry && !list.hidden) go(entry);
    else if (event.key === "Escape") (input.value = ""), close(), input.blur();
    else return;
    event.preventDefault();
  });
  addEventListener("keydown", (event) => {
    const typing = event.target.closest?.("input, textarea, select, [contenteditable]");
    if (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    input.focus();
    input.select();
  });

  document.documentElement.classList.add("scripted");
  reveal();
})();
