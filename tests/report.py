#!/usr/bin/env python3
"""Opens reports in a browser, and holds what they show against the JSON output, page for page.

    tests/report.py --bin target/release/newsclean        # with a Python that has Playwright, and Debian's chromium
    tests/report.py --bin … --shots FOLDER                # also leaves pictures to look at

The browser is the one of the system: nothing is fetched, and a report that tries to fetch something fails.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
FLAGS = "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking".split()
FLAGS += "--disable-component-update --disable-sync".split()
WIDE = {"width": 1280, "height": 860}
NARROW = {"width": 360, "height": 740}
MANY = 5_000
# Seconds on a slow machine; a browser on a desk needs a tenth.
OPEN_LIMIT, SEARCH_LIMIT, STEP_LIMIT = 10, 40, 1
# WCAG 2.2, AA for text.
CONTRAST = 4.5
HOSTILE = "</script><img src=x onerror=window.hurt=1><svg onload=window.hurt=2>"

Json = dict[str, Any]

# What is drawn of a page: its lines, and of each the pieces with what is said of them.
SHOWN = """() => [...document.querySelectorAll("#sheet .block")].map(block => ({
  lines: block.dataset.lines.split("-").map(Number),
  role: block.dataset.role ?? null,
  tag: block.querySelector(".tag").textContent,
  pieces: [...block.querySelectorAll(".piece")].map(piece => ({
    text: piece.textContent, gone: piece.matches("del"), kind: piece.dataset.kind ?? null, rule: piece.dataset.rule ?? null,
    struck: getComputedStyle(piece).textDecorationLine === "line-through",
  })),
}))"""

# The contrast of each kind's colour, and of what went, on the ground that it stands on.
CONTRASTS = """() => {
  const canvas = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
  const light = (colour) => {
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    const parts = [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3).map(c => c / 255);
    const [r, g, b] = parts.map(c => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const sheet = document.getElementById("sheet");
  return KINDS.map(([kind]) => {
    const block = make("div", { class: "block gone", data: { kind } }, make("span", { class: "text" }, "x"), make("span", { class: "tag" }, kind));
    sheet.append(block);
    const ground = light(getComputedStyle(block).backgroundColor);
    const inks = [...block.children].map(child => light(getComputedStyle(child).color));
    block.remove();
    return [kind, ...inks.map(ink => (Math.max(ink, ground) + 0.05) / (Math.min(ink, ground) + 0.05))];
  });
}"""


def check(holds: bool, what: str, *more: object) -> None:
    """Ends the test if something does not hold."""
    if not holds:
        sys.exit(f"report: {what}: {' '.join(str(part)[:2000] for part in more)}")


@contextmanager
def opened(browser: Browser, path: Path, scheme: str = "light", **how: Any) -> Iterator[Page]:
    """The report in a tab of its own, which may neither complain nor fetch anything."""
    context = browser.new_context(viewport=how.pop("viewport", WIDE), color_scheme=scheme, **how)
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: request.url.startswith(("file:", "data:")) or said.append(request.url))
    page.goto(path.as_uri())
    page.wait_for_selector("body[data-ready]", timeout=OPEN_LIMIT * 1000)
    yield page
    check(not said and page.locator("#alarm").is_hidden(), "the browser complains", said, page.locator("#alarm").inner_text())
    context.close()


def at(page: Page, number: int) -> None:
    """Waits until the page of that number in the file is drawn."""
    page.wait_for_selector(f'#sheet[data-page="{number}"]')


def until(page: Page, holds: str) -> None:
    """Waits for something that is so when it is asked; Playwright's own way is a script that the report's policy forbids."""
    for _ in range(100):
        if page.evaluate(holds):
            return
        page.wait_for_timeout(50)
    sys.exit(f"report: waited in vain: {holds}")


def count(page: Page) -> int:
    """How many pages are in the list."""
    return int(page.locator("#count").inner_text().split(" ")[0].replace(",", ""))


def newsclean(binary: Path, *args: object) -> None:
    subprocess.run([binary, *args, "-q"], check=True)


def left(block: Json) -> str:
    """What stays of a line; where a part was cut out, no space is left at the ends."""
    text = "".join(piece["text"] for piece in block["pieces"] if not piece["gone"])
    return text.strip() if len(block["pieces"]) > 1 else text


def shows_what_json_says(page: Page, articles: Path) -> None:
    """Every page: what stays, what went, as which kind, by which rule."""
    cards: list[Json] = page.evaluate("store.cards")
    folder = os.path.commonpath([card["name"] for card in cards]) + "/"
    for number, card in enumerate(cards):
        name = card["name"]
        article: Json = json.loads((articles / Path(name).relative_to(ROOT / "fixtures").with_suffix(".json")).read_text())
        page.evaluate(f"location.hash = '#{number + 1}'")
        at(page, number)
        blocks: list[Json] = page.evaluate(SHOWN)
        pieces = [(block, piece) for block in blocks for piece in block["pieces"]]
        gone = [{key: piece[key] for key in ("kind", "rule", "text")} | {"lines": block["lines"]} for block, piece in pieces if piece["gone"]]
        check(gone == article["removed"], f"{name}: what went is not what JSON says", gone, article["removed"])
        check(all(piece["struck"] == piece["gone"] for _, piece in pieces), f"{name}: not struck through as it went")
        stays = [(line, block["role"]) for block in blocks for line in left(block).split("\n") if line]
        kept = [line for line, _ in stays]
        # On a page of furniture the headline is written first, wherever it stands.
        moved = [line for line, role in stays if role == "headline"] + [line for line, role in stays if role != "headline"]
        text = [line for line in article["text"].split("\n") if line]
        check(text in (kept, moved), f"{name}: what stays is not what JSON says", kept, text)
        title = page.locator("#page h1").inner_text()
        check(title.split() == (article["headline"] or name.removeprefix(folder)).split(), f"{name}: its title is", title)
        check(not (article.get("warning") and page.locator("#page .warn").is_hidden()), f"{name}: no warning")
    print(f"report: {len(cards)} pages show what their JSON says")


def adds_up(page: Page, articles: Path) -> None:
    """The chart and the sums of the overview are those of the JSON."""
    parts: dict[str, int] = {}
    for path in articles.rglob("*.json"):
        for gone in json.loads(path.read_text())["removed"]:
            parts[gone["kind"]] = parts.get(gone["kind"], 0) + 1
    rows = page.locator("#chart button").all()
    shown = {row.get_attribute("data-kind"): int(row.locator("span").first.inner_text().split(" ")[0].replace(",", "")) for row in rows}
    check(shown == parts, "the chart differs from the JSON", shown, parts)
    widths = [row.locator("i").bounding_box() for row in rows]
    check([w["width"] for w in widths if w] == sorted((w["width"] for w in widths if w), reverse=True), "the bars are in no order")
    page.locator("#sites tbody button").first.click()
    site = page.locator("#all-sites").inner_text()
    check({card["site"] for card in page.evaluate("state.row.map(page => store.cards[page])")} == {site}, "a site is not alone")
    page.click("#all-sites")
    check(count(page) == len(page.evaluate("store.cards")), "not all sites are back")


def filters_by_kind(page: Page) -> None:
    """A kind chosen in the legend leaves the pages that have it, and fades the others."""
    cards: list[Json] = page.evaluate("store.cards")
    page.click('#kinds [data-kind="ticker"]')
    check(count(page) == sum("ticker" in card["removed"] for card in cards), "not the pages with tickers", count(page))
    page.click('#kinds [data-kind="bio"]')
    check(count(page) == sum(bool({"ticker", "bio"} & set(card["removed"])) for card in cards), "not the pages with either", count(page))
    page.keyboard.press("j")
    page.wait_for_selector("#sheet .block.gone")
    faint = page.evaluate('[...document.querySelectorAll("#sheet .block.gone")].map(b => [b.dataset.kind, b.matches(".faint")])')
    check(all(is_faint == (kind not in ("ticker", "bio")) for kind, is_faint in faint), "the wrong kinds are faint", faint)
    page.click("#all-kinds")
    check(count(page) == len(cards) and page.locator("#sheet .faint").count() == 0, "not all kinds are back")
    for order, key in (("name", "card.name"), ("gone", "-card.gone"), ("share", "-card.gone / (card.words || 1)")):
        page.select_option("#order", order)
        keys = page.evaluate(f"state.row.map(page => store.cards[page]).map(card => {key})")
        check(keys == sorted(keys), f"not in the order {order}")
    page.select_option("#label", "stub")
    check(count(page) == sum(card["page"] == "stub" for card in cards), "not the stubs")
    page.select_option("#label", "")
    page.select_option("#order", "gone")


def seek(page: Page, query: str) -> list[Json]:
    """What a search finds: the cards in the list."""
    page.keyboard.press("/")
    until(page, "document.activeElement.id === 'search'")
    page.fill("#search", query)
    page.wait_for_selector(f'#list[data-done="{query.lower()}"]', timeout=SEARCH_LIMIT * 1000)
    found: list[Json] = page.evaluate("state.row.map(page => store.cards[page])")
    return found


def finds(page: Page, articles: Path) -> None:
    """Search looks at names and at all text, kept and removed; `rule:` at rules."""
    texts = {}
    for path in articles.rglob("*.json"):
        article = json.loads(path.read_text())
        name = str(path.relative_to(articles).with_suffix(""))
        said = [article["text"], article["headline"] or "", *(gone["text"] for gone in article["removed"])]
        texts[name] = ("\n".join([name, *said]).lower(), [gone["rule"] for gone in article["removed"]])
    for query in ("Ferry", "newsletter", "de-html"):
        names = {str(Path(card["name"]).relative_to(ROOT / "fixtures").with_suffix("")) for card in seek(page, query)}
        want = {name for name, (text, _) in texts.items() if query.lower() in text}
        check(names == want and want, f"the search for {query} finds", names ^ want)
    found = seek(page, "ferry")
    page.keyboard.press("Enter")
    page.wait_for_selector("#sheet")
    marked = page.evaluate("[...(CSS.highlights.get('found') ?? [])].map(range => range.toString().toLowerCase())")
    check(bool(marked) and set(marked) == {"ferry"}, "hits are not marked", marked)
    check(page.locator("#page h1").inner_text() == found[0]["headline"], "Enter does not open the first hit")
    names = {card["name"] for card in seek(page, "rule:wording:widget-share")}
    check(len(names) == sum("wording:widget-share" in rules for _, rules in texts.values()), "the rule is not found", names)
    page.keyboard.press("Escape")
    until(page, "state.hits === null")


def goes_by_keys(page: Page) -> None:
    """j, k and the arrows turn the pages in the order of the list; n shows the next reason; the others do what the help says."""
    row: list[int] = page.evaluate("state.row")
    page.keyboard.press("o")
    page.wait_for_selector("#overview:not([hidden])")
    for key, place in (("j", 0), ("j", 1), ("ArrowRight", 2), ("k", 1), ("ArrowLeft", 0), ("k", 0)):
        page.keyboard.press(key)
        at(page, row[place])
    check(page.locator("#rows [aria-current]").get_attribute("data-page") == str(row[0]), "the list does not follow")
    page.keyboard.press("n")
    piece = page.locator("#sheet del").first
    check(piece.evaluate("node => node === document.activeElement"), "n does not go to the first part that went")
    check(piece.get_attribute("data-rule") in page.locator("#tip").inner_text(), "no rule for what has the focus")
    page.keyboard.press("Escape")
    check(page.locator("#tip").is_hidden(), "Escape leaves the tip")
    page.keyboard.press("2")
    check(page.locator("#sheet .kept:not(.cuts)").first.is_hidden() and page.locator("#sheet del").first.is_visible(), "2 shows what stayed")
    page.keyboard.press("3")
    check(page.locator("#sheet .kept").first.is_visible() and page.locator("#sheet .gone").first.is_hidden(), "3 shows what went")
    page.keyboard.press("1")
    page.keyboard.press("?")
    check(page.locator("#keys").is_visible(), "? shows no help")
    page.keyboard.press("Escape")
    check(page.locator("#keys").is_hidden(), "Escape leaves the help")
    page.keyboard.press("PageDown")
    until(page, "byId('main').scrollTop > 0")


def tells_the_rule(page: Page) -> None:
    """The pointer over a removed part brings its kind, what that covers, and the rule; its button finds where else that acted."""
    page.evaluate("byId('main').scrollTop = 0")
    for piece in page.locator("#sheet del").all()[:5]:
        page.mouse.move(2, 2)
        piece.scroll_into_view_if_needed()
        piece.hover()
        tip = page.locator("#tip").inner_text()
        for said in (piece.get_attribute("data-kind"), piece.get_attribute("data-rule")):
            check(bool(said) and said in tip, "the tip does not say", said, tip)
        check(page.evaluate("ABOUT.get(byId('tip').dataset.kind)") in tip, "the tip does not say what the kind covers", tip)
    rule = page.locator("#tip code").inner_text()
    page.locator("#tip button", has_text="Find where").click()
    page.wait_for_selector(f'#list[data-done="rule:{rule.lower()}"]')
    check(count(page) >= 1, "the rule acted nowhere")
    page.keyboard.press("Escape")
    until(page, "state.hits === null")


def fits(browser: Browser, report: Path, shots: Path | None) -> None:
    """Dark and light, by the system and by hand, with colours that can be read; on a phone nothing sticks out."""
    for scheme in ("light", "dark"):
        with opened(browser, report, scheme) as page:
            ground = "getComputedStyle(document.body).backgroundColor"
            shoot(page, shots, f"overview-{scheme}")
            page.keyboard.press("j")
            page.wait_for_selector("#sheet .block")
            for kind, *contrasts in page.evaluate(CONTRASTS):
                check(min(contrasts) >= CONTRAST, f"{kind} can hardly be read ({scheme})", contrasts)
            shoot(page, shots, f"page-{scheme}")
            before = page.evaluate(ground)
            page.keyboard.press("t")
            after = page.evaluate(ground)
            check(before != after, "t does not turn the lights", before)
            page.reload()
            page.wait_for_selector("body[data-ready]")
            check(page.evaluate(ground) == after, "the choice is forgotten")
    with opened(browser, report, "dark", viewport=NARROW, has_touch=True, is_mobile=True) as page:
        for place in ("#", "#pages", *(f"#{number}" for number in range(1, 12))):
            page.evaluate(f"location.hash = '{place}'")
            page.wait_for_timeout(60)
            wide = page.evaluate("[document.documentElement, byId('main'), byId('list')].map(node => node.scrollWidth - node.clientWidth)")
            check(max(wide) <= 0, f"{place} is wider than a phone", wide)
            shoot(page, shots, {"#": "phone-overview", "#pages": "phone-pages", "#1": "phone-page"}.get(place))
        piece = page.locator("#sheet del").first
        piece.tap()
        check(piece.get_attribute("data-rule") in page.locator("#tip").inner_text(), "a tap brings no rule")
        shoot(page, shots, "phone-rule")


def shoot(page: Page, shots: Path | None, name: str | None) -> None:
    if shots and name:
        page.wait_for_timeout(100)
        page.screenshot(path=shots / f"{name}.png")


def is_not_hurt(browser: Browser, binary: Path, folder: Path) -> None:
    """A page that says markup, in its name, its headline and its text, is shown as it says it."""
    name = "<img src=x onerror=window.hurt=3>.txt"
    line = f"The port authority said on Monday that the ferry {HOSTILE} will run again from June."
    (folder / name).write_text(f"{HOSTILE}\n\n{line}\n\nShare {HOSTILE}\n")
    report = folder / "hostile.html"
    newsclean(binary, "--from", "text", folder / name, "-o", folder / "hostile.txt", "--report", report)
    with opened(browser, report) as page:
        page.keyboard.press("j")
        page.wait_for_selector("#sheet .block")
        page.wait_for_timeout(200)
        check(line in page.locator("#sheet").inner_text() and name in page.locator("#page").inner_text(), "the text is not as it was")
        check(page.evaluate("window.hurt === undefined && !document.querySelector('img, svg')"), "a page is markup")


def bears_an_empty_page(browser: Browser, binary: Path, folder: Path) -> None:
    """A report on one page without a word."""
    (folder / "empty.txt").write_text("")
    report = folder / "empty.html"
    newsclean(binary, folder / "empty.txt", "--report", report)
    with opened(browser, report) as page:
        page.keyboard.press("j")
        page.wait_for_selector("#sheet .note")
        check(page.locator("#page h1").inner_text().endswith("empty.txt"), "the page has no name")


def holds_many(browser: Browser, binary: Path, folder: Path) -> None:
    """Thousands of pages open at once, turn, and are searched; and the browser never holds more than a screen of rows."""
    pages = folder / "many"
    texts = [path.read_bytes() for path in sorted(ROOT.glob("fixtures/*/page.txt"))]
    for number in range(MANY):
        path = pages / f"site-{number % 40}" / f"{number}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        line = f"\n\nThe clerk wrote the number x{number}x beside the last of the names that were read out on Monday.\n"
        path.write_bytes(texts[number % len(texts)] + line.encode())
    report = folder / "many.html"
    newsclean(binary, pages, "--templates", "off", "--report", report)
    began = time.monotonic()
    with opened(browser, report) as page:
        opening = time.monotonic() - began
        check(count(page) == MANY, "pages are missing", count(page))
        row: list[int] = page.evaluate("state.row")
        began = time.monotonic()
        for place in range(40):
            page.keyboard.press("j")
            at(page, row[place])
        turning = (time.monotonic() - began) / 40
        check(turning < STEP_LIMIT, "a page takes too long", turning)
        page.evaluate("byId('list').scrollTop = 1e9")
        page.wait_for_selector(f'#rows [data-page="{row[-1]}"]')
        check(page.evaluate("document.querySelectorAll('*').length") < 10_000, "too many elements")
        began = time.monotonic()
        found = seek(page, "x4321x")
        searching = time.monotonic() - began
        check([Path(card["name"]).name for card in found] == ["4321.txt"], "the search finds", found)
    size = report.stat().st_size / 1e6
    print(f"report: {MANY} pages, {size:.0f} MB: open in {opening:.1f} s, a page in {turning * 1000:.0f} ms, searched in {searching:.1f} s")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bin", required=True, type=Path, help="the newsclean that is tested")
    parser.add_argument("--chromium", default="/usr/bin/chromium", help="the browser")
    parser.add_argument("--shots", type=Path, help="where pictures go")
    told = parser.parse_args()
    binary = told.bin.resolve()
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name)
        report, articles = folder / "report.html", folder / "articles"
        newsclean(binary, ROOT / "fixtures", "--include", "page.*", "-f", "json", "-o", articles, "--report", report)
        browser = playwright.chromium.launch(executable_path=told.chromium, args=FLAGS)
        with opened(browser, report) as page:
            adds_up(page, articles)
            filters_by_kind(page)
            finds(page, articles)
            goes_by_keys(page)
            tells_the_rule(page)
            shows_what_json_says(page, articles)
        fits(browser, report, told.shots)
        is_not_hurt(browser, binary, folder)
        bears_an_empty_page(browser, binary, folder)
        holds_many(browser, binary, folder)
        browser.close()
    print("report: a browser shows what it should")


if __name__ == "__main__":
    main()
