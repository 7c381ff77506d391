"use strict";
// What the report holds: a card of every page, and sheets, which are unpacked when they are looked at.

/** Characters of unpacked sheets that are kept for the next look. */
const KEPT = 32e6;

const byId = (id) => document.getElementById(id);
const KINDS = JSON.parse(byId("kinds-data").textContent);
const ABOUT = new Map(KINDS);

const store = { cards: [], folder: "", chunks: [], at: [], unpacked: new Map(), held: 0 };

/** An element. What pages say comes in as children only, which are text and never markup. */
function make(tag, traits = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(traits)) {
    if (value === undefined || value === null || value === false) continue;
    if (name === "data") for (const [key, said] of Object.entries(value)) said !== undefined && (node.dataset[key] = said);
    else if (typeof value === "function") node.addEventListener(name, value);
    else node.setAttribute(name, value);
  }
  node.append(...children.filter((child) => child !== undefined && child !== null));
  return node;
}

async function unpack(packed) {
  const letters = atob(packed);
  const bytes = new Uint8Array(letters.length);
  for (let at = 0; at < letters.length; at++) bytes[at] = letters.charCodeAt(at);
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"))).text();
}

async function openStore() {
  const lines = (await unpack(byId("index").textContent)).trimEnd().split("\n");
  store.cards = JSON.parse(`[${lines.join(",")}]`);
  store.chunks = [...document.querySelectorAll("script.chunk")];
  store.chunks.forEach((chunk, number) => {
    for (let line = 0; line < Number(chunk.dataset.pages); line++) store.at.push([number, line]);
  });
  store.folder = folderOf(store.cards.map((card) => card.name));
  for (const card of store.cards) {
    card.gone = Object.values(card.removed).reduce((sum, count) => sum + count.words, 0);
    card.low = `${card.name}\n${card.headline ?? ""}\n${card.site ?? ""}`.toLowerCase();
  }
}

/** The folder that all names begin with, and nothing if there is one name. */
function folderOf(names) {
  const least = names.reduce((a, b) => (a < b ? a : b), names[0] ?? "");
  const most = names.reduce((a, b) => (a > b ? a : b), names[0] ?? "");
  let same = 0;
  while (same < least.length && least[same] === most[same]) same++;
  return least === most ? "" : least.slice(0, least.lastIndexOf("/", same - 1) + 1);
}

/** The lines of a chunk, each the sheet of a page as JSON. Those that were not asked for the longest are let go. */
function linesOf(number) {
  const known = store.unpacked.get(number);
  store.unpacked.delete(number);
  const lines = known ?? unpack(store.chunks[number].textContent).then((text) => {
    if (store.unpacked.get(number) === lines) store.held += lines.size = text.length;
    return text.split("\n");
  });
  store.unpacked.set(number, lines);
  for (const [old, held] of store.unpacked) {
    if (store.held <= KEPT || old === number) break;
    store.held -= held.size ?? 0;
    store.unpacked.delete(old);
  }
  return lines;
}

async function sheetOf(page) {
  const [chunk, line] = store.at[page];
  return JSON.parse((await linesOf(chunk))[line]);
}

const textOf = (block) => block.pieces.map((piece) => piece.text).join("");

/** Whether a block says `query`, which is in small letters; with `rule:`, whether a rule of that name, or half of it, acted there. */
function says(block, query) {
  if (!query.startsWith("rule:")) return textOf(block).toLowerCase().includes(query);
  const rule = query.slice(5).trim();
  const is = (said) => said === rule || said.split(":").includes(rule);
  return block.pieces.some((piece) => piece.rule && is(piece.rule.toLowerCase()));
}

/** Where a sheet says `query`: the text around it, in three parts. */
function findIn(sheet, query) {
  const block = sheet.blocks.find((block) => says(block, query));
  if (!block) return null;
  const text = textOf(block);
  const at = text.toLowerCase().indexOf(query);
  if (at < 0) return ["", "", text.slice(0, 120)];
  const from = Math.max(0, at - 18);
  return [(from ? "…" : "") + text.slice(from, at), text.slice(at, at + query.length), text.slice(at + query.length, at + 120)];
}

/** Looks through all pages, chunk after chunk; `tell` hears the hits so far and how far it is, and says whether to go on. */
async function findAll(query, tell) {
  const hits = new Map();
  store.cards.forEach((card, page) => card.low.includes(query) && hits.set(page, null));
  for (let number = 0, page = 0; number < store.chunks.length; number++) {
    if (!tell(hits, number / store.chunks.length)) return;
    const lines = await linesOf(number);
    for (let line = 0; line < Number(store.chunks[number].dataset.pages); line++, page++) {
      const found = findIn(JSON.parse(lines[line]), query);
      if (found) hits.set(page, found);
    }
  }
  tell(hits, 1);
}
