// The overview: sums, a chart of the kinds, and the sites.

/** Sites that are shown before somebody asks for all. */
const SITES = 25;

const sites = { order: "gone", turned: false, all: false };

/** The sums over pages: words, what went by kind, and the same of each site. */
function sumUp(pages) {
  const blank = (name) => ({ name, pages: 0, words: 0, gone: 0, removed: {} });
  const all = blank("");
  const bySite = new Map();
  for (const page of pages) {
    const card = store.cards[page];
    const name = card.site ?? "";
    if (!bySite.has(name)) bySite.set(name, blank(name));
    for (const sum of [all, bySite.get(name)]) {
      sum.pages += 1;
      sum.words += card.words;
      sum.gone += goneOf(card);
      for (const [kind, count] of Object.entries(card.removed)) {
        const sums = (sum.removed[kind] ??= { words: 0, pieces: 0, pages: 0 });
        sums.words += count.words;
        sums.pieces += count.pieces;
        sums.pages += 1;
      }
    }
  }
  return { all, bySite: [...bySite.values()] };
}

function drawOverview() {
  const { all, bySite } = sumUp(state.base);
  const whole = state.base.length === store.cards.length;
  byId("facts").textContent = whole ? `${number(all.pages)} ${all.pages === 1 ? "page" : "pages"} · ${number(all.words)} words` : `${number(all.pages)} of ${number(store.cards.length)} pages chosen`;
  const sum = (name, value) => make("div", {}, make("dt", {}, name), make("dd", {}, value));
  const removed = Object.values(all.removed).reduce((sum, count) => sum + count.words, 0);
  const labels = new Map();
  for (const page of state.base) labels.set(store.cards[page].page, (labels.get(store.cards[page].page) ?? 0) + 1);
  const forms = [...labels].sort((a, b) => b[1] - a[1]).map(([label, count]) => `${label} ${number(count)}`);
  byId("overview").replaceChildren(
    make("h1", {}, "What went, and why"),
    make("p", { class: "meta" }, forms.length > 1 ? `What the pages are: ${forms.join(", ")}.` : "Choose a kind, a site or a page; ? shows the keys."),
    make(
      "dl",
      { class: "sums" },
      sum("Pages", number(all.pages)),
      sum("Words", number(all.words)),
      sum("Stayed", number(Math.max(0, all.words - removed))),
      sum("Removed", number(removed)),
      sum("Share removed", share(removed, all.words)),
    ),
    make("h2", {}, "By kind"),
    chart(all),
    make("h2", {}, "By site"),
    tableOf(bySite),
  );
  if (bySite.length > SITES && !sites.all) {
    const more = () => ((sites.all = true), drawOverview());
    byId("overview").append(make("button", { type: "button", class: "more", click: more }, `Show all ${number(bySite.length)} sites`));
  }
}

function chart(all) {
  const rows = KINDS.map(([kind, about]) => [kind, about, all.removed[kind]]).filter(([, , count]) => count);
  rows.sort((a, b) => b[2].words - a[2].words);
  const most = Math.max(1, ...rows.map(([, , count]) => count.words));
  const row = ([kind, about, count]) => {
    const bar = make("i", { class: isChosen(kind) ? "" : "faint" });
    bar.style.width = `${(count.words / most) * 100}%`;
    const cells = [[count.pieces, "part"], [count.words, "word"], [count.pages, "page"]];
    return make(
      "button",
      { type: "button", data: { kind }, title: about, "aria-pressed": String(state.kinds.has(kind)), click: () => toggleKind(kind) },
      make("b", {}, kind),
      bar,
      ...cells.map(([count, unit]) => make("span", {}, number(count), make("small", {}, ` ${unit}${count === 1 ? "" : "s"}`))),
    );
  };
  return rows.length ? make("div", { class: "chart", id: "chart" }, ...rows.map(row)) : make("p", { class: "note" }, "Nothing went.");
}

const SITE_ORDERS = {
  name: (a, b) => a.name.localeCompare(b.name),
  pages: (a, b) => b.pages - a.pages,
  words: (a, b) => b.words - a.words,
  gone: (a, b) => b.gone - a.gone,
  share: (a, b) => b.gone / (b.words || 1) - a.gone / (a.words || 1),
};

function tableOf(bySite) {
  const order = SITE_ORDERS[sites.order];
  bySite.sort((a, b) => (sites.turned ? -1 : 1) * order(a, b) || a.name.localeCompare(b.name));
  const head = (key, name) => {
    const turn = () => {
      sites.turned = sites.order === key && !sites.turned;
      sites.order = key;
      drawOverview();
    };
    const down = (key === "name") === sites.turned;
    const sorted = sites.order === key && (down ? "descending" : "ascending");
    return make("th", { scope: "col", "aria-sort": sorted }, make("button", { type: "button", click: turn }, name));
  };
  const row = (site) =>
    make(
      "tr",
      {},
      make("td", {}, make("button", { type: "button", dir: "auto", title: "Only its pages", click: () => chooseSite(site.name) }, site.name || "—")),
      make("td", {}, number(site.pages)),
      make("td", {}, number(site.words)),
      make("td", {}, number(site.gone)),
      make("td", {}, share(site.gone, site.words)),
      make("td", {}, stack(site.removed, site.words)),
    );
  const shown = sites.all ? bySite : bySite.slice(0, SITES);
  const heads = [head("name", "Site"), head("pages", "Pages"), head("words", "Words"), head("gone", "Removed"), head("share", "Share"), make("th", {})];
  return make("table", { id: "sites" }, make("thead", {}, make("tr", {}, ...heads)), make("tbody", {}, ...shown.map(row)));
}
