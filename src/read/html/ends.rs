//! Line ends as the HTML standard has them before it reads a page (its "normalize newlines").

use std::borrow::Cow;

/// The page with `\n` for every line end, as the standard has it, and without NUL, which stands for nothing.
pub(super) fn one_line_end(page: &str) -> Cow<'_, str> {
    let next = |rest: &str| memchr::memchr2(b'\r', 0, rest.as_bytes());
    if next(page).is_none() {
        return Cow::Borrowed(page);
    }
    let mut out = String::with_capacity(page.len());
    let mut rest = page;
    while let Some((line, end)) = next(rest).and_then(|at| rest.split_at_checked(at)) {
        out.push_str(line);
        rest = end.get(1..).unwrap_or_default();
        if end.starts_with('\r') && !rest.starts_with('\n') {
            out.push('\n');
        }
    }
    out.push_str(rest);
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::one_line_end;

    #[test]
    fn every_line_end_is_one_character() {
        for (page, told) in [
            ("<p>a\n</p>", "<p>a\n</p>"),
            ("a\r\nb\rc\n", "a\nb\nc\n"),
            ("\r\r\n\n\r", "\n\n\n\n"),
            ("ü\0b\0", "üb"),
            ("a\r\0\nb", "a\n\nb"),
        ] {
            assert_eq!(one_line_end(page), told, "{page:?}");
        }
    }
}
