//! The encoding that a page declares in a `meta` element.

use encoding_rs::{Encoding, REPLACEMENT, UTF_8, UTF_16BE, UTF_16LE, X_USER_DEFINED};

/// Bytes at the top in which the declaration is looked for. The standard has 1024; pages with long scripts on top put it later.
const HEAD: usize = 1 << 13;

/// The encoding that a page declares.
///
/// As the standard has it: the first `meta` with a `charset`, or with one in its `content`, comments left out; UTF-16 there means
/// UTF-8, as the declaration itself could not be read otherwise.
pub(in crate::read) fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes.get(..HEAD).unwrap_or(bytes);
    let mut from = 0;
    while let Some(rest) = head.get(from..) {
        let at = memchr::memchr(b'<', rest)?;
        let tag = rest.get(at..)?;
        from += at + 1;
        if tag.starts_with(b"<!--") {
            from += memchr::memmem::find(tag, b"-->")?;
        } else if tag.get(..5).is_some_and(|name| name.eq_ignore_ascii_case(b"<meta")) {
            let end = memchr::memchr(b'>', tag).unwrap_or(tag.len());
            if let Some(encoding) = tag.get(5..end).and_then(label).and_then(Encoding::for_label) {
                return usable(encoding);
            }
        } else if tag.starts_with(b"<?xml") {
            let end = memchr::memchr(b'>', tag).unwrap_or(tag.len());
            let label = tag.get(..end).and_then(|part| value(part, b"encoding"));
            if let Some(encoding) = label.and_then(Encoding::for_label) {
                return usable(encoding);
            }
        }
    }
    None
}

fn usable(encoding: &'static Encoding) -> Option<&'static Encoding> {
    if encoding == UTF_16LE || encoding == UTF_16BE {
        Some(UTF_8)
    } else {
        Some(encoding).filter(|e| *e != REPLACEMENT && *e != X_USER_DEFINED)
    }
}

/// The label in the attributes of a `meta` element: `charset=x`, `content="text/html; charset=x"`.
fn label(attributes: &[u8]) -> Option<&[u8]> {
    value(attributes, b"charset")
}

/// What follows `name` and `=`, without quotes.
fn value<'b>(part: &'b [u8], name: &[u8]) -> Option<&'b [u8]> {
    let at = part.windows(name.len()).position(|w| w.eq_ignore_ascii_case(name))?;
    let rest = part.get(at + name.len()..)?.trim_ascii_start().strip_prefix(b"=")?.trim_ascii_start();
    let rest = rest.strip_prefix(b"\"").or_else(|| rest.strip_prefix(b"'")).unwrap_or(rest);
    let end = rest.iter().position(|b| b.is_ascii_whitespace() || matches!(b, b'"' | b'\'' | b';' | b'/' | b'?')).unwrap_or(rest.len());
    rest.get(..end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn declarations() {
        for (head, name) in [
            ("<meta charset=utf-8>", Some("UTF-8")),
            ("<html><META CHARSET = 'Shift_JIS' />", Some("Shift_JIS")),
            ("<meta http-equiv=Content-Type content=\"text/html; charset=windows-1251\">", Some("windows-1251")),
            ("<!-- <meta charset=big5> --><meta charset=gbk>", Some("GBK")),
            ("<meta charset=nonsense><meta charset=euc-kr>", Some("EUC-KR")),
            ("<?xml version=\"1.0\" encoding=\"iso-8859-2\"?><html>", Some("ISO-8859-2")),
            ("<meta charset=utf-16>", Some("UTF-8")),
            ("<meta name=x content=y>", None),
            ("The charset=gbk of a page.", None),
            ("<meta charset", None),
            ("<!-- <meta charset=gbk>", None),
        ] {
            assert_eq!(declared(head.as_bytes()).map(Encoding::name), name, "{head}");
        }
    }
}
