//! Bytes to text: byte order mark, UTF-8, UTF-16 without a mark, else the legacy encoding that the page declares or that is detected.

use std::borrow::Cow;

use chardetng::EncodingDetector;
use encoding_rs::{Encoding, ISO_2022_JP, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use crate::error::Error;

/// Text of a lossy decoding, borrowed where nothing had to change.
type Text<'a> = Cow<'a, str>;

/// How many bytes are looked at to tell binary data and UTF-16 from text.
const SAMPLE: usize = 1 << 14;

/// Decodes a scraped file.
///
/// Invalid UTF-8 in a file that is otherwise UTF-8 becomes U+FFFD, as a cut or mixed file is likelier than a legacy encoding there.
///
/// # Errors
/// [`Error::Binary`] if the bytes hold what no text holds.
pub fn decode(bytes: &[u8]) -> Result<Text<'_>, Error> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        let (text, _) = encoding.decode_without_bom_handling(bytes.get(mark..).unwrap_or_default());
        return Ok(text);
    }
    let sample = bytes.get(..SAMPLE).unwrap_or(bytes);
    if let Some(encoding) = utf16(sample) {
        return Ok(encoding.decode_without_bom_handling(bytes).0);
    }
    if let Some(at) = binary(sample) {
        return Err(Error::Binary { at });
    }
    let declared = super::html::declared(bytes);
    // All its bytes are ASCII, so that they pass as UTF-8.
    if declared == Some(ISO_2022_JP) {
        return Ok(ISO_2022_JP.decode_without_bom_handling(bytes).0);
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(Text::Borrowed(text)),
        Err(_) if mostly_utf8(bytes) => Ok(UTF_8.decode_without_bom_handling(bytes).0),
        Err(_) => Ok(declared.filter(|e| *e != UTF_8).unwrap_or_else(|| detect(bytes)).decode_without_bom_handling(bytes).0),
    }
}

/// The legacy encoding that the bytes look like.
fn detect(bytes: &[u8]) -> &'static Encoding {
    // Only quotes, dashes and signs like £ beside ASCII: English in windows-1252. Letters, which tell encodings apart, lie above.
    if bytes.iter().all(|b| *b < 0xC0) {
        return WINDOWS_1252;
    }
    let mut detector = EncodingDetector::new();
    detector.feed(bytes, true);
    detector.guess(None, true)
}

/// UTF-16 without a mark: most units of Latin text have a zero byte on one side, and hardly any on the other.
fn utf16(sample: &[u8]) -> Option<&'static Encoding> {
    // Nearly no file holds a zero byte: one quick look spares two slow counts.
    memchr::memchr(0, sample)?;
    let zeros = |odd: usize| sample.iter().skip(odd).step_by(2).filter(|b| **b == 0).count();
    let (even, odd, half) = (zeros(0), zeros(1), sample.len() / 2);
    if half < 4 {
        None
    } else if odd * 10 > half * 4 && even * 20 < half {
        Some(UTF_16LE)
    } else if even * 10 > half * 4 && odd * 20 < half {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// Offset of the first byte that text does not hold, if such bytes are more than one in fifty.
fn binary(sample: &[u8]) -> Option<usize> {
    const MAGIC: [&[u8]; 8] = [b"%PDF-", b"PK\x03\x04", b"\x1f\x8b", b"\x28\xb5\x2f\xfd", b"\x89PNG", b"GIF8", b"\xff\xd8\xff", b"\x7fELF"];
    if MAGIC.iter().any(|m| sample.starts_with(m)) {
        return Some(0);
    }
    let odd = |b: &u8| matches!(b, 0..=8 | 14..=26 | 28..=31);
    // Counted in bytes, of which a register holds many.
    let count: usize = sample.chunks(255).map(|part| usize::from(part.iter().map(|b| u8::from(odd(b))).sum::<u8>())).sum();
    if count * 50 > sample.len() { sample.iter().position(odd) } else { None }
}

/// Whether the file is UTF-8 with a few faults: more good sequences of several bytes than bad bytes.
fn mostly_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    // A file cut inside its last character is UTF-8 too.
    good > bad || (bad == 1 && std::str::from_utf8(bytes).is_err_and(|e| e.error_len().is_none()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodings() {
        let euro = "Die Brücke über den Fluß kostet 5 € – „zu viel“, sagte er. Überall Ärger.";
        let cases: [(&[u8], &str); 6] = [
            (b"\xef\xbb\xbfcaf\xc3\xa9", "café"),
            (b"\xff\xfeh\0i\0", "hi"),
            (b"h\0e\0l\0l\0o\0 \0y\0o\0u\0", "hello you"),
            (b"\0h\0e\0l\0l\0o\0 \0y\0o\0u", "hello you"),
            (&encoding_rs::WINDOWS_1252.encode(euro).0, euro),
            ("čtyři\u{fffd}".as_bytes().get(..8).unwrap(), "čtyři\u{fffd}"),
        ];
        for (bytes, text) in cases {
            assert_eq!(decode(bytes).unwrap(), text);
        }
        let russian = "Новый мост через реку откроют в сентябре, сообщили в мэрии города.";
        assert_eq!(decode(&encoding_rs::WINDOWS_1251.encode(russian).0).unwrap(), russian);
        let japanese = "新しい橋は九月に開通する見通しだと市が発表した。";
        assert_eq!(decode(&encoding_rs::SHIFT_JIS.encode(japanese).0).unwrap(), japanese);
        assert!(decode(b"\x7fELF\x02\x01\x01\0\0\0\0").is_err());
        assert!(decode(&[0; 64]).is_err());
    }
}
