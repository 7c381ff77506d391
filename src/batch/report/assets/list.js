// The list of pages: chosen by kind, site, form and words, ordered, and drawn as far as it is seen.

/** The height of a row in pixels, as the style has it. */
const ROW = 62;
/** Milliseconds after the last letter before a search begins. */
const PAUSE = 180;

const state = { kinds: new Set(), site: null, label: "", query: "", order: "gone", hits: null, base: [], row: [], page: null, show: "all" };

const isChosen = (kind) => state.kinds.size === 0 || state.kinds.has(kind);
const number = (value) => value.toLocaleString("en");
const share = (part, whole) => `${whole ? Math.round((part / whole) * 100) : 0} %`;
const nameOf = (card) => card.name.slice(store.folder.length);
const titleOf = (card) => card.headline || nameOf(card);

/** Words of the chosen kinds that went from a page. */
function goneOf(card) {
  if (state.kinds.size === 0) return card.gone;
  let sum = 0;
  for (const kind of state.kinds) sum += card.removed[kind]?.words ?? 0;
  return sum;
}

const ORDERS = {
  gone: (a, b) => goneOf(b) - goneOf(a),
  share: (a, b) => goneOf(b) / (b.words || 1) - goneOf(a) / (a.words || 1) || b.words - a.words,
  kept: (a, b) => goneOf(a) / (a.words || 1) - goneOf(b) / (b.words || 1) || b.words - a.words,
  name: (a, b) => (a.name < b.name ? -1 : Number(a.name > b.name)),
  site: (a, b) => (a.site ?? "").localeCompare(b.site ?? "") || goneOf(b) - goneOf(a),
};

/** Chooses and orders anew, and draws what shows it. */
function choose() {
  const { cards } = store;
  const fits = (card, page) =>
    (state.site === null || (card.site ?? "") === state.site) && (!state.label || card.page === state.label) && (!state.hits || state.hits.has(page));
  state.base = cards.map((_, page) => page).filter((page) => fits(cards[page], page));
  const has = (page) => [...state.kinds].some((kind) => cards[page].removed[kind]);
  state.row = state.kinds.size ? state.base.filter(has) : [...state.base];
  const order = ORDERS[state.order];
  state.row.sort((a, b) => order(cards[a], cards[b]) || a - b);
  byId("list").scrollTop = 0;
  drawChips();
  drawOverview();
  drawSteps();
  markChosen();
  showCurrentRow();
}

/** A bar of what went, kind by kind, as shares of `words`. */
function stack(removed, words) {
  const bar = make("span", { class: "stack", "aria-hidden": "true" });
  for (const [kind] of KINDS) {
    if (!removed[kind] || !words) continue;
    const part = make("i", { data: { kind }, class: isChosen(kind) ? "" : "faint" });
    part.style.width = `${(removed[kind].words / words) * 100}%`;
    bar.append(part);
  }
  return bar;
}

function drawRows() {
  const list = byId("list");
  const rows = byId("rows");
  rows.style.height = `${state.row.length * ROW}px`;
  const from = Math.max(0, Math.floor(list.scrollTop / ROW) - 6);
  const upto = Math.min(state.row.length, Math.ceil((list.scrollTop + (list.clientHeight || 800)) / ROW) + 6);
  const focused = document.activeElement?.dataset?.page;
  rows.replaceChildren(...state.row.slice(from, upto).map((page, at) => rowOf(page, from + at)));
  if (focused) rows.querySelector(`[data-page="${focused}"]`)?.focus({ preventScroll: true });
}

function rowOf(page, place) {
  const card = store.cards[page];
  const snippet = state.hits?.get(page);
  const below = snippet ? make("small", { dir: "auto" }, snippet[0], make("mark", {}, snippet[1]), snippet[2]) : make("small", {}, rest(card));
  const row = make(
    "a",
    {
      class: "row",
      href: `#${page + 1}`,
      data: { page },
      title: `${card.name}\n${card.site ?? ""}`,
      "aria-current": page === state.page && "page",
    },
    make("b", { dir: "auto" }, titleOf(card)),
    make("span", { class: "part" }, share(goneOf(card), card.words)),
    below,
    make("span", { class: "part" }, number(goneOf(card))),
    stack(card.removed, card.words),
  );
  row.style.top = `${place * ROW}px`;
  return row;
}

/** What a row says below its title. */
const rest = (card) => [card.page === "article" ? "" : card.page, card.headline ? nameOf(card) : card.site].filter(Boolean).join(" · ");

function drawChips() {
  const words = new Map(KINDS.map(([kind]) => [kind, 0]));
  for (const page of state.base) {
    for (const [kind, count] of Object.entries(store.cards[page].removed)) words.set(kind, words.get(kind) + count.words);
  }
  const chip = ([kind, about]) =>
    make(
      "button",
      { type: "button", class: words.get(kind) ? "chip" : "chip none", data: { kind }, title: `${about}\n${number(words.get(kind))} words removed`,
        "aria-pressed": String(state.kinds.has(kind)), click: () => toggleKind(kind) },
      kind,
    );
  const chips = KINDS.map(chip);
  if (state.kinds.size) chips.push(make("button", { type: "button", class: "chip", id: "all-kinds", click: () => toggleKind(null) }, "all kinds"));
  if (state.site !== null) chips.unshift(make("button", { type: "button", class: "chip", id: "all-sites", title: "All sites", click: () => chooseSite(null) }, state.site || "—"));
  const focused = document.activeElement?.closest?.("#kinds [data-kind]")?.dataset.kind;
  byId("kinds").replaceChildren(...chips);
  if (focused) byId("kinds").querySelector(`[data-kind="${focused}"]`).focus();
  const all = store.cards.length;
  byId("count").textContent = state.row.length === all ? `${number(all)} ${all === 1 ? "page" : "pages"}` : `${number(state.row.length)} of ${number(all)} pages`;
}

function toggleKind(kind) {
  if (kind === null) state.kinds.clear();
  else if (!state.kinds.delete(kind)) state.kinds.add(kind);
  choose();
}

function chooseSite(site) {
  state.site = site;
  choose();
}

/** Searches when nothing more has been typed for a moment. */
function search(query) {
  const wanted = query.trim().toLowerCase();
  if (wanted === state.query) return;
  state.query = wanted;
  clearTimeout(search.timer);
  if (!wanted) {
    state.hits = null;
    choose();
    return;
  }
  const isWanted = () => state.query === wanted;
  search.timer = setTimeout(() => {
    let drawn = 0;
    findAll(wanted, (hits, part) => {
      if (!isWanted()) return false;
      if (part === 1 || performance.now() - drawn > 300) {
        state.hits = hits;
        choose();
        drawn = performance.now();
        byId("count").textContent += part < 1 ? `, searching … ${share(part, 1)}` : "";
        byId("list").dataset.done = part === 1 ? wanted : "";
      }
      return true;
    }).catch(alarm);
  }, PAUSE);
}
