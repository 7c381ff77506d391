//! The sum at the end of a file that a program writes and another reads: it tells whether any byte has changed.

/// Bytes of a sum.
pub(crate) const BYTES: usize = 4;

pub(crate) const CUT_OFF: &str = "is cut off or too long";
const CHANGED: &str = "has been changed or damaged: its sum is wrong";

/// Adds the sum of all that is there.
pub(crate) fn add(bytes: &mut Vec<u8>) {
    let sum = crc32fast::hash(bytes);
    bytes.extend(sum.to_le_bytes());
}

/// Whether the last bytes are the sum of the others; else what is wrong.
pub(crate) fn check(bytes: &[u8]) -> Result<(), &'static str> {
    let (content, sum) = bytes.split_last_chunk::<BYTES>().ok_or(CUT_OFF)?;
    if crc32fast::hash(content) == u32::from_le_bytes(*sum) { Ok(()) } else { Err(CHANGED) }
}

/// Every way in which the tests damage a file: each 97th byte changed (of three megabytes a thousand: which one does not matter to a
/// sum that finds every changed byte), cut off, lengthened, and others in its place.
#[cfg(test)]
pub(crate) fn damaged_copies(bytes: &[u8]) -> impl Iterator<Item = Vec<u8>> + '_ {
    let flipped = (0..bytes.len()).step_by(97.max(bytes.len() / 1000)).map(|at| {
        let mut copy = bytes.to_vec();
        copy[at] ^= 1 << (at % 8);
        copy
    });
    let cut = (0..bytes.len()).step_by(bytes.len() / 97 + 1).chain(0..32).map(|len| bytes[..len].to_vec());
    let foreign: [&[u8]; 3] = [b"\x7fELF\x02\x01\x01", b"[[rule]]\nid = \"a\"\n", &[0; 64]];
    flipped.chain(cut).chain(foreign.map(<[u8]>::to_vec)).chain([[bytes, b"\n"].concat(), [b"\n", bytes].concat()])
}
