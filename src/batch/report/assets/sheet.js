// A page with what went struck through, and the reason beside what is pointed at.

/** Blocks that are drawn at a time. */
const SLICE = 400;

/** What is drawn, and what is still to be: the sheet, the next block, the kind of the block above. */
const drawn = { sheet: null, next: 0, above: null };

async function openPage(page) {
  state.page = page;
  hideTip();
  const sheet = await sheetOf(page);
  // Somebody was faster.
  if (state.page !== page) return;
  Object.assign(drawn, { sheet, next: 0, above: null });
  const card = store.cards[page];
  document.title = `${titleOf(card)} – newsclean report`;
  const steps = make("div", { class: "steps", id: "steps" });
  byId("page").replaceChildren(steps, headOf(card), make("div", { class: "sheet", id: "sheet", data: { show: state.show, page } }), make("div", { id: "rest" }));
  byId("main").scrollTop = 0;
  // So that the keys that scroll find something to scroll.
  if (!document.activeElement.closest("aside")) byId("main").focus({ preventScroll: true });
  drawSteps();
  more.disconnect();
  drawSlice();
  more.observe(byId("rest"));
  markChosen();
  showCurrentRow();
  // The neighbours are likely next.
  for (const next of [step(1), step(-1)]) if (next !== null) linesOf(store.at[next][0]);
  toHit();
}

function headOf(card) {
  const said = [make("code", {}, card.name)];
  if (card.site && !card.name.includes(card.site)) said.push(" · ", make("bdi", {}, card.site));
  if (card.page !== "article") said.push(" · ", make("span", { class: "badge" }, card.page));
  const gone = `${number(card.gone)} of ${number(card.words)} words removed (${share(card.gone, card.words)})`;
  return make(
    "header",
    { class: "head" },
    make("h1", { dir: "auto" }, titleOf(card)),
    make("p", { class: "meta" }, ...said, make("br"), gone),
    card.warning ? make("p", { class: "warn" }, `${card.warning[0].toUpperCase()}${card.warning.slice(1)}.`) : null,
    stack(card.removed, card.words),
  );
}

/** The page that is `by` steps on in the list; none at its ends. */
function step(by) {
  const at = state.row.indexOf(state.page);
  return at < 0 ? (state.row[0] ?? null) : (state.row[at + by] ?? null);
}

function go(by) {
  const page = state.page === null ? (by > 0 ? state.row[0] : null) : step(by);
  if (page !== null && page !== undefined) location.hash = `#${page + 1}`;
}

function drawSteps() {
  const bar = document.getElementById("steps");
  if (!bar) return;
  const at = state.row.indexOf(state.page);
  const button = (title, by, ...said) => make("button", { type: "button", class: "arrow", title, disabled: step(by) === null ? "disabled" : null, click: () => go(by) }, ...said);
  const view = (show, text) => make("button", { type: "button", data: { view: show }, "aria-pressed": String(state.show === show), click: () => setShow(show) }, text);
  bar.replaceChildren(
    button("Previous page (k)", -1, "←", make("span", {}, " Previous")),
    button("Next page (j)", 1, make("span", {}, "Next "), "→"),
    make("span", { "aria-live": "polite" }, at < 0 ? "not in the list" : `${number(at + 1)} of ${number(state.row.length)}`),
    make("span", { class: "views", role: "group", "aria-label": "What is shown" }, view("all", "All"), view("gone", "Removed"), view("kept", "Article")),
  );
}

function setShow(show) {
  state.show = show;
  const sheet = document.getElementById("sheet");
  if (sheet) sheet.dataset.show = show;
  drawSteps();
}

/** Draws the next blocks. A page of a hundred thousand lines comes as it is scrolled. */
function drawSlice() {
  const { sheet, next } = drawn;
  const part = make("div", { class: "slice" });
  for (const block of sheet.blocks.slice(next, next + SLICE)) part.append(blockOf(block));
  if (!sheet.blocks.length) part.append(make("p", { class: "note" }, "The page has no text."));
  markChosen(part);
  byId("sheet").append(part);
  drawn.next = next + SLICE;
  return drawn.next < sheet.blocks.length;
}

const more = new IntersectionObserver(
  (seen) => {
    while (seen.some((one) => one.isIntersecting) && drawSlice() && byId("rest").getBoundingClientRect().top < innerHeight * 2);
    if (drawn.next >= drawn.sheet.blocks.length) more.disconnect();
  },
  { rootMargin: "800px" },
);

function blockOf(block) {
  const [first, last] = block.lines;
  const whole = block.pieces.length === 1 && block.pieces[0].gone ? block.pieces[0] : null;
  const cuts = !whole && block.pieces.some((piece) => piece.gone);
  // Of a run of one kind only the first says it.
  const tag = whole && whole.kind !== drawn.above ? whole.kind : "";
  drawn.above = whole ? whole.kind : null;
  const node = make(
    "div",
    { class: `block ${whole ? "gone" : "kept"}${cuts ? " cuts" : ""}${tag ? " tagged" : ""}`, data: { lines: `${first}-${last}`, role: block.role, kind: whole?.kind } },
    make("span", { class: "no", title: last > first ? `Lines ${first} to ${last}` : `Line ${first}` }, String(first)),
    make("div", { class: "text", dir: "auto" }, ...block.pieces.map((piece) => pieceOf(piece, whole))),
    make("span", { class: "tag", "aria-hidden": "true" }, tag),
  );
  node.firstChild.reason = whole ?? block.pieces.find((piece) => !piece.gone);
  return node;
}

function pieceOf(piece, whole) {
  if (!piece.gone) return make("span", { class: "piece", data: { rule: piece.rule } }, piece.text);
  const traits = { class: whole ? "piece gone-text" : "piece cut", tabindex: "0", data: { kind: piece.kind, rule: piece.rule } };
  const node = make("del", traits, piece.text);
  node.reason = piece;
  return node;
}

/** Fades the kinds that are not chosen. */
function markChosen(part = byId("page")) {
  for (const node of part.querySelectorAll("[data-kind]")) {
    node.classList.toggle("faint", !isChosen(node.dataset.kind));
  }
}

/** The next or previous part that went and is of a chosen kind gets the focus, and shows its reason. */
function stepPiece(by) {
  while (by > 0 && drawn.sheet && drawn.next < drawn.sheet.blocks.length && drawn.next < 4000) drawSlice();
  const pieces = [...document.querySelectorAll("#sheet del:not(.faint)")].filter((node) => node.offsetParent);
  if (!pieces.length) return;
  const at = pieces.indexOf(document.activeElement);
  const node = pieces[at < 0 ? (by > 0 ? 0 : pieces.length - 1) : Math.min(Math.max(at + by, 0), pieces.length - 1)];
  node.scrollIntoView({ block: "center" });
  node.focus({ preventScroll: true });
}

/** Marks what is searched for, and brings the first of it into view. */
function toHit() {
  CSS.highlights?.delete("found");
  const { query } = state;
  const hit = query ? drawn.sheet.blocks.findIndex((block) => says(block, query)) : -1;
  if (hit < 0) return;
  while (drawn.next <= hit) drawSlice();
  document.querySelectorAll("#sheet .block")[hit].scrollIntoView({ block: "center" });
  const ranges = [];
  for (const text of document.querySelectorAll("#sheet .piece")) {
    const said = text.textContent.toLowerCase();
    for (let at = said.indexOf(query); at >= 0; at = said.indexOf(query, at + query.length)) {
      const range = new Range();
      if (at + query.length > text.firstChild.length) break;
      range.setStart(text.firstChild, at);
      range.setEnd(text.firstChild, at + query.length);
      ranges.push(range);
    }
  }
  if (CSS.highlights) CSS.highlights.set("found", new Highlight(...ranges));
}
