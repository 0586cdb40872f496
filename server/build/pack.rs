//! Packs what is served, once, at the highest quality: brotli and gzip, several files at a time.

use super::site::{SiteFile, has_ending};
use std::{
    fs,
    io::{self, Write as _},
    path::PathBuf,
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
};

/// The packed forms of a file, beside it; `None`: it is packed already, as fonts and pictures are.
#[derive(Clone, Default)]
pub(crate) struct Packed {
    pub(crate) brotli: Option<PathBuf>,
    pub(crate) gzip: Option<PathBuf>,
}

/// Packs all of these; gives what came of each, in their order.
pub(crate) fn all(files: &[SiteFile]) -> io::Result<Vec<Packed>> {
    let (next, outcomes) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
    let work = || {
        while let Some((at, file)) = {
            let at = next.fetch_add(1, Ordering::Relaxed);
            files.get(at).map(|file| (at, file))
        } {
            let packed = pack(file);
            let mut outcomes = outcomes.lock().unwrap_or_else(PoisonError::into_inner);
            outcomes.push((at, packed));
        }
    };
    thread::scope(|scope| {
        for _ in 0..thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(work);
        }
    });
    let mut outcomes = outcomes
        .into_inner()
        .unwrap_or_else(PoisonError::into_inner);
    outcomes.sort_by_key(|(at, _)| *at);
    outcomes.into_iter().map(|(_, packed)| packed).collect()
}

fn pack(file: &SiteFile) -> io::Result<Packed> {
    if has_ending(&file.path, "woff2") || has_ending(&file.path, "png") {
        return Ok(Packed::default());
    }
    let bytes = fs::read(&file.on_disk)?;
    let [brotli, gzip] =
        [("br", brotli(&bytes)?), ("gz", gzip(&bytes)?)].map(|(ending, packed)| {
            if has_ending(&file.path, "wasm") {
                println!(
                    "{}: {} bytes, {} as {ending}",
                    file.path,
                    bytes.len(),
                    packed.len()
                );
            }
            (file.on_disk.with_added_extension(ending), packed)
        });
    Ok(Packed {
        brotli: Some(written(brotli)?),
        gzip: Some(written(gzip)?),
    })
}

fn written((path, bytes): (PathBuf, Vec<u8>)) -> io::Result<PathBuf> {
    fs::write(&path, bytes)?;
    Ok(path)
}

fn brotli(bytes: &[u8]) -> io::Result<Vec<u8>> {
    let mut packed = Vec::new();
    // Quality 11 and a 4 MiB window: done once, sent to everyone.
    brotli::CompressorWriter::new(&mut packed, 4096, 11, 22).write_all(bytes)?;
    Ok(packed)
}

fn gzip(bytes: &[u8]) -> io::Result<Vec<u8>> {
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    packed.write_all(bytes)?;
    packed.finish()
}
