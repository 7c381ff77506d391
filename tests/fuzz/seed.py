#!/usr/bin/env python3
"""Makes what the fuzz targets start from: a corpus of the fixture pages, and dictionaries of tags, entities and the rules' phrases.

They lie in `corpus/` and `dictionary/` beside this file; neither is kept in the repository."""

import json
import pathlib
import tomllib

HERE = pathlib.Path(__file__).parent
ROOT = HERE.parent.parent

MARKS = ["\n", "\r\n", "\n\n", "\t", "\u00a0", "\u00ad", "\u200b", "\ufeff", "\u2028", "• ", "- ", "* ", "# ", "> ", "| ", "1. ", "…", "«", "»", "—",
         "@", "©", "+0.42%", "12:34", "2024-06-03", "$", "€", "www.", "https://", "[](", "**", "```", "Reply", "Share"]
TAGS = ["html", "head", "body", "title", "meta", "link", "script", "style", "noscript", "template", "svg", "math", "p", "div", "span", "a",
        "b", "i", "em", "strong", "br", "hr", "h1", "h2", "h6", "ul", "ol", "li", "dl", "dt", "dd", "table", "thead", "tbody", "tr", "td", "th",
        "caption", "colgroup", "col", "form", "input", "button", "select", "option", "optgroup", "textarea", "label", "article", "section",
        "main", "aside", "nav", "header", "footer", "figure", "figcaption", "blockquote", "pre", "code", "img", "picture", "iframe", "object",
        "video", "frameset", "frame", "plaintext", "xmp", "listing", "font", "center", "details", "summary", "address", "time", "ruby", "rt"]
ATTRIBUTES = [' class="', ' id="', ' href="', ' hidden', ' style="display:none"', ' aria-hidden="true"', ' itemprop="articleBody"',
              ' property="og:title"', ' name="author"', ' content="', ' charset=', ' rel="canonical"', ' role="main"', ' datetime="',
              ' type="application/ld+json"', ' lang=', ' colspan=9', ' start=', ' alt="', ' src=']
ENTITIES = ["&amp;", "&lt;", "&nbsp;", "&shy;", "&#0;", "&#x27", "&#xD800;", "&#1114112;", "&nosuch;", "&notin;", "<!--", "-->", "<!DOCTYPE html>",
            "<![CDATA[", "]]>", "<?", "</", '"@type":"NewsArticle"', '"headline":"', '"articleBody":"', '"author":{"name":"', '"@graph":[']
JSON = ['{"text":"', '"}', '"}\n{"text":"', '","text":"', '\\n', '\\"', '\\\\', '\\u00e9', '\\ud83d\\ude00', '\\ud800', 'te\\u0078t', '"url":"https://a.example/b"',
        '"domain":"a.example"', '"newsclean":', ':null', ':1e999', '[[', '{"', ' , ', "\ufeff"]

# One in so many of the rules' phrases, of all languages: a dictionary of all of them leaves no room for chance.
PHRASES = 50


def phrases():
    for rules in sorted((ROOT / "src/rules").glob("*.toml")):
        for rule in tomllib.loads(rules.read_text()).get("rule", []):
            for group in ("any", "with"):
                for language in rule.get(group, {}).values():
                    yield from language


def write_dictionary(target, words):
    escaped = ("".join(chr(b) if 32 <= b < 127 and b not in b'"\\' else f"\\x{b:02x}" for b in w.encode()) for w in words)
    path = HERE / "dictionary" / target
    path.parent.mkdir(exist_ok=True)
    path.write_text("".join(f'"{word}"\n' for word in dict.fromkeys(escaped) if word))


def write_seed(target, name, seed):
    path = HERE / "corpus" / target / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(seed)


def main():
    records = []
    for page in sorted((ROOT / "fixtures").rglob("page.*")):
        slug, seed = page.parent.name, page.read_bytes()
        write_seed("text", slug, seed)
        if page.suffix == ".html":
            write_seed("html", slug, seed)
        records.append(json.dumps({"id": slug, "text": seed.decode(errors="replace")}, ensure_ascii=len(records) % 2 == 0))
    for at in range(0, len(records), 3):
        write_seed("jsonl", f"records-{at}", "\n".join(records[at : at + 3]).encode())
    tags = [form for tag in TAGS for form in (f"<{tag}>", f"<{tag}", f"</{tag}>")]
    write_dictionary("text", [*MARKS, *list(phrases())[::PHRASES]])
    write_dictionary("html", [*tags, *ATTRIBUTES, *ENTITIES])
    write_dictionary("jsonl", [*JSON, *MARKS])


main()
