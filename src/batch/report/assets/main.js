// The beginning: what is in the address is shown, keys and buttons are heard.

function alarm(why) {
  byId("alarm").textContent = `The report cannot be shown: ${why?.message ?? why}`;
  byId("alarm").hidden = false;
}

/** Shows what the address asks for: `#12` the twelfth page of the file, `#pages` the list (on a phone), else the overview. */
function route() {
  const asked = location.hash.slice(1);
  const page = /^\d+$/.test(asked) && store.cards[asked - 1] ? asked - 1 : null;
  document.body.dataset.view = page !== null ? "page" : asked === "pages" ? "list" : "overview";
  for (const tab of document.querySelectorAll("[data-tab]")) tab.setAttribute("aria-pressed", String(tab.dataset.tab === document.body.dataset.view));
  byId("overview").hidden = page !== null;
  byId("page").hidden = page === null;
  if (page !== null) {
    openPage(page).catch(alarm);
  } else {
    state.page = null;
    document.title = "newsclean report";
    hideTip();
  }
  drawRows();
}

/** Brings the row of the open page into view. */
function showCurrentRow() {
  const list = byId("list");
  const at = state.row.indexOf(state.page);
  if (at < 0) list.scrollTop = Math.min(list.scrollTop, Math.max(0, state.row.length * ROW - list.clientHeight));
  else if (at * ROW < list.scrollTop) list.scrollTop = at * ROW;
  else if ((at + 1) * ROW > list.scrollTop + list.clientHeight) list.scrollTop = (at + 1) * ROW - list.clientHeight;
  drawRows();
}

function turnTheme() {
  const root = document.documentElement;
  const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  root.dataset.theme = dark ? "light" : "dark";
  try {
    localStorage.setItem("newsclean-theme", root.dataset.theme);
  } catch {
    // A browser that keeps nothing for files asks again next time.
  }
}

const KEYS = {
  j: () => go(1),
  ArrowRight: () => go(1),
  k: () => go(-1),
  ArrowLeft: () => go(-1),
  n: () => stepPiece(1),
  p: () => stepPiece(-1),
  1: () => setShow("all"),
  2: () => setShow("gone"),
  3: () => setShow("kept"),
  o: () => (location.hash = "#"),
  t: turnTheme,
  "?": () => byId("keys").showModal(),
  "/": () => {
    if (matchMedia("(max-width: 860px)").matches) location.hash = "#pages";
    setTimeout(() => byId("search").select());
  },
  Escape: () => (byId("tip").hidden ? clearSearch() : hideTip()),
};

function clearSearch() {
  byId("search").value = "";
  search("");
}

function onKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || byId("keys").open) return;
  // The keys that scroll act on what has the focus, and the body does not scroll.
  if (document.activeElement === document.body) byId("main").focus({ preventScroll: true });
  const field = event.target.closest?.("input, select");
  if (field) {
    if (event.key === "Escape") clearSearch(), field.blur();
    else if (event.key === "Enter" && field.id === "search") field.blur(), go(1);
    return;
  }
  const act = KEYS[event.key];
  if (!act) return;
  event.preventDefault();
  act();
}

function listen() {
  addEventListener("hashchange", route);
  addEventListener("keydown", onKey);
  addEventListener("resize", drawRows);
  byId("list").addEventListener("scroll", drawRows, { passive: true });
  byId("search").addEventListener("input", (event) => search(event.target.value));
  byId("order").addEventListener("change", (event) => ((state.order = event.target.value), choose()));
  byId("label").addEventListener("change", (event) => ((state.label = event.target.value), choose()));
  byId("theme").addEventListener("click", turnTheme);
  byId("help").addEventListener("click", KEYS["?"]);
  for (const tab of document.querySelectorAll("[data-tab]")) {
    tab.addEventListener("click", () => (location.hash = tab.dataset.tab === "list" ? "#pages" : "#"));
  }
  watchTips();
}

function drawLabels() {
  const labels = [...new Set(store.cards.map((card) => card.page))].sort();
  byId("label").replaceChildren(make("option", { value: "" }, "All forms"), ...labels.map((label) => make("option", { value: label }, label)));
  byId("label").closest("label").hidden = labels.length < 2;
}

async function begin() {
  try {
    const theme = localStorage.getItem("newsclean-theme");
    if (theme) document.documentElement.dataset.theme = theme;
  } catch {
    // As above.
  }
  if (!globalThis.DecompressionStream) throw new Error("it needs a browser of 2023 or later (DecompressionStream)");
  await openStore();
  drawLabels();
  listen();
  choose();
  route();
  if (document.activeElement === document.body) byId("main").focus();
  document.body.dataset.ready = "yes";
}

begin().catch(alarm);
