//! The pages of a report, packed: the index in memory, some fifty bytes a page, the chunks of pages in a file that nobody sees.

use std::fs::File;
use std::io::{self, BufWriter, Seek, Write};
use std::path::Path;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use flate2::Compression;
use flate2::write::ZlibEncoder;

use crate::batch::draft::BUFFER;

/// Pages from which a chunk is full: a browser unpacks so many in some milliseconds, and those of one site pack well together.
const FULL: u32 = 50;
/// Bytes from which it is full too.
const FULL_BYTES: u64 = 1 << 20;

/// The pages so far.
#[derive(Debug)]
pub(super) struct Binder {
    index: ZlibEncoder<Vec<u8>>,
    chunk: ZlibEncoder<Vec<u8>>,
    /// Pages in the open chunk.
    pages: u32,
    spool: BufWriter<File>,
}

impl Binder {
    /// An empty one, which spools in `folder`: where the report will stand, there is room for its parts.
    pub(super) fn new(folder: &Path) -> io::Result<Self> {
        // Beside a device (`/dev/stdout`) no file can be made.
        let spool = tempfile::tempfile_in(folder).or_else(|_| tempfile::tempfile())?;
        Ok(Self { index: packer(), chunk: packer(), pages: 0, spool: BufWriter::with_capacity(BUFFER, spool) })
    }

    /// Adds a page: two lines of JSON.
    pub(super) fn add(&mut self, card: &str, sheet: &str) -> io::Result<()> {
        writeln!(self.index, "{card}")?;
        writeln!(self.chunk, "{sheet}")?;
        self.pages += 1;
        if self.pages >= FULL || self.chunk.total_in() >= FULL_BYTES { self.finish_chunk() } else { Ok(()) }
    }

    /// Spools the open chunk.
    fn finish_chunk(&mut self) -> io::Result<()> {
        let packed = packed(std::mem::replace(&mut self.chunk, packer()))?;
        let pages = std::mem::take(&mut self.pages);
        writeln!(self.spool, "<script type=\"application/octet-stream\" class=\"chunk\" data-pages=\"{pages}\">{packed}</script>")
    }

    /// The index, and all chunks to be read.
    pub(super) fn close(mut self) -> io::Result<(String, File)> {
        if self.pages > 0 {
            self.finish_chunk()?;
        }
        let mut spool = self.spool.into_inner().map_err(io::IntoInnerError::into_error)?;
        spool.rewind()?;
        Ok((packed(self.index)?, spool))
    }
}

fn packer() -> ZlibEncoder<Vec<u8>> {
    ZlibEncoder::new(Vec::new(), Compression::default())
}

/// What was packed, in letters that are no markup.
fn packed(packer: ZlibEncoder<Vec<u8>>) -> io::Result<String> {
    packer.finish().map(|bytes| STANDARD.encode(bytes))
}
