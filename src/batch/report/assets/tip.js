// The reason of what is pointed at, tapped or focused.

/** Milliseconds in which the pointer may go over to the tip. */
const GRACE = 220;

let closing = 0;

function showTip(node) {
  const { reason } = node;
  if (!reason) return;
  clearTimeout(closing);
  const tip = byId("tip");
  const kind = reason.kind;
  const title = reason.gone ? make("b", {}, kind ?? "removed") : make("b", {}, "stays");
  const parts = [title];
  if (kind && reason.gone) parts.push(make("p", {}, ABOUT.get(kind) ?? ""));
  if (reason.rule) parts.push(make("div", {}, "Rule ", make("code", {}, reason.rule)));
  else parts.push(make("p", {}, "Nothing spoke against it."));
  if (reason.score !== undefined) parts.push(make("div", {}, `The model gave it ${share(reason.score, 1)} for article text.`));
  if (reason.twin) parts.push(make("button", { type: "button", click: () => toLine(reason.twin) }, `Says the same as line ${number(reason.twin)}`));
  if (reason.rule) parts.push(make("button", { type: "button", click: () => findRule(reason.rule) }, "Find where this rule acted"));
  tip.replaceChildren(...parts);
  if (kind && reason.gone) tip.dataset.kind = kind;
  else delete tip.dataset.kind;
  tip.hidden = false;
  tip.of?.removeAttribute("aria-describedby");
  tip.of = node;
  node.setAttribute("aria-describedby", "tip");
  place(tip, node);
}

/** Below the first line of `node`, or above it where there is no room. */
function place(tip, node) {
  const lines = node.getClientRects();
  const box = lines[0] ?? node.getBoundingClientRect();
  const { width, height } = tip.getBoundingClientRect();
  const last = lines[lines.length - 1] ?? box;
  const below = last.bottom + 6;
  const top = below + height < innerHeight ? below : Math.max(8, box.top - height - 6);
  tip.style.left = `${Math.max(8, Math.min(box.left, innerWidth - width - 12))}px`;
  tip.style.top = `${top}px`;
}

function hideTip() {
  clearTimeout(closing);
  byId("tip").hidden = true;
  byId("tip").of?.removeAttribute("aria-describedby");
}

function hideTipSoon() {
  clearTimeout(closing);
  closing = setTimeout(() => document.activeElement !== byId("tip").of && hideTip(), GRACE);
}

/** Brings a line of the page into view. */
function toLine(line) {
  hideTip();
  const at = drawn.sheet.blocks.findIndex((block) => block.lines[0] === line);
  while (drawn.next <= at) drawSlice();
  const node = document.querySelector(`#sheet [data-lines^="${line}-"]`);
  node?.scrollIntoView({ block: "center" });
  node?.classList.remove("flash");
  void node?.offsetWidth;
  node?.classList.add("flash");
}

function findRule(rule) {
  hideTip();
  byId("search").value = `rule:${rule}`;
  search(byId("search").value);
  if (matchMedia("(max-width: 860px)").matches) location.hash = "#pages";
}

function watchTips() {
  const page = byId("page");
  const pointed = (event) => event.target.closest?.("del, .no");
  page.addEventListener("pointerover", (event) => {
    const node = event.pointerType === "mouse" && pointed(event);
    if (node) showTip(node);
  });
  page.addEventListener("pointerout", (event) => event.pointerType === "mouse" && pointed(event) && hideTipSoon());
  page.addEventListener("focusin", (event) => event.target.matches("del") && showTip(event.target));
  page.addEventListener("focusout", (event) => event.target.matches("del") && hideTipSoon());
  page.addEventListener("click", (event) => (pointed(event) ? showTip(pointed(event)) : hideTip()));
  byId("main").addEventListener("scroll", () => !byId("tip").hidden && (byId("tip").of?.isConnected ? place(byId("tip"), byId("tip").of) : hideTip()), { passive: true });
  byId("tip").addEventListener("pointerenter", () => clearTimeout(closing));
  byId("tip").addEventListener("pointerleave", hideTipSoon);
}
