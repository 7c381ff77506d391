//! Inputs opened: standard input and files, unpacked where they are compressed.
//!
//! What is compressed is told by its first bytes and not by its name, so a pipe may bring it too.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Cursor, IsTerminal, Read};

use anyhow::anyhow;
use flate2::bufread::MultiGzDecoder;
use ruzstd::decoding::errors::{FrameDecoderError, ReadFrameHeaderError};
use ruzstd::decoding::{BlockDecodingStrategy, FrameDecoder};

use super::{Fault, Input};
use crate::say;

/// The first bytes of what is unpacked.
const GZIP: &[u8] = b"\x1f\x8b";
const ZSTD: &[u8] = b"\x28\xb5\x2f\xfd";
/// Packed bytes that are read at a time.
const BUFFER: usize = 1 << 16;

/// What an input holds, unpacked.
pub(super) type Bytes = Box<dyn Read + Send>;

/// Opens an input.
pub(super) fn open(input: &Input) -> Result<Bytes, Fault> {
    match input {
        Input::Stdin => {
            if io::stdin().is_terminal() {
                say(format_args!("reading from the terminal; end with Ctrl-D, or see --help"));
            }
            unpacked(io::stdin()).map_err(unreadable)
        }
        Input::File(path) => File::open(path).and_then(unpacked).map_err(unreadable),
    }
}

/// Why an input could not be read, and what to do.
pub(super) fn unreadable(why: io::Error) -> Fault {
    Fault::Input(match why.kind() {
        io::ErrorKind::NotFound => anyhow!("no such file (check the name)"),
        io::ErrorKind::PermissionDenied => anyhow!("permission denied (you may not read it)"),
        io::ErrorKind::IsADirectory => anyhow!("is a folder (name a file in it)"),
        // Only unpacking meets an end or data that it does not expect.
        io::ErrorKind::UnexpectedEof | io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput => {
            anyhow!("cannot unpack: the compressed file is cut off or damaged (fetch or pack it again)")
        }
        _ => anyhow!("cannot read: {why}"),
    })
}

/// The bytes of `source`, unpacked if they are compressed.
fn unpacked(source: impl Read + Send + 'static) -> io::Result<Bytes> {
    let is_cut = |head: &[u8]| !head.is_empty() && [GZIP, ZSTD].iter().any(|mark| mark.len() > head.len() && mark.starts_with(head));
    // What is there comes at once: most pages whole. No more is waited for: who feeds a record and waits for the answer feeds no more.
    let mut source = BufReader::with_capacity(BUFFER, source);
    let there = source.fill_buf()?;
    let mut head = there.get(..ZSTD.len()).unwrap_or(there).to_vec();
    if !is_cut(&head) {
        return Ok(by_mark(&head, source));
    }
    source.consume(head.len());
    while is_cut(&head) && source.by_ref().take(1).read_to_end(&mut head)? == 1 {}
    Ok(by_mark(&head.clone(), Cursor::new(head).chain(source)))
}

/// The bytes of `source`, which begins with `head`.
fn by_mark(head: &[u8], source: impl BufRead + Send + 'static) -> Bytes {
    if head.starts_with(GZIP) {
        Box::new(MultiGzDecoder::new(source))
    } else if head.starts_with(ZSTD) {
        Box::new(Zstd { source, decoder: FrameDecoder::new(), in_frame: false })
    } else {
        Box::new(source)
    }
}

/// A Zstandard file: any number of frames, of which `ruzstd` reads one.
struct Zstd<R> {
    source: R,
    decoder: FrameDecoder,
    in_frame: bool,
}

impl<R: BufRead> Zstd<R> {
    /// Goes into the next frame; skips one that holds no data.
    fn enter(&mut self) -> io::Result<()> {
        match self.decoder.reset(&mut self.source) {
            Ok(()) => self.in_frame = true,
            Err(FrameDecoderError::ReadFrameHeaderError(ReadFrameHeaderError::SkipFrame { length, .. })) => {
                io::copy(&mut self.source.by_ref().take(length.into()), &mut io::sink())?;
            }
            Err(why) => return Err(damaged(why)),
        }
        Ok(())
    }

    /// Leaves a frame that is read to its end.
    fn leave(&mut self) -> io::Result<()> {
        self.in_frame = false;
        match (self.decoder.get_checksum_from_data(), self.decoder.get_calculated_checksum()) {
            (Some(told), Some(found)) if told != found => Err(damaged("its checksum is wrong")),
            _ => Ok(()),
        }
    }
}

fn damaged(why: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, why)
}

impl<R: BufRead> Read for Zstd<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        while !out.is_empty() {
            if !self.in_frame {
                if self.source.fill_buf()?.is_empty() {
                    return Ok(0);
                }
                self.enter()?;
            } else if self.decoder.can_collect() > 0 {
                return self.decoder.read(out);
            } else if self.decoder.is_finished() {
                self.leave()?;
            } else {
                self.decoder.decode_blocks(&mut self.source, BlockDecodingStrategy::UptoBlocks(1)).map_err(damaged)?;
            }
        }
        Ok(0)
    }
}
