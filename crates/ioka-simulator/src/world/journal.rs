//! The data file: one JSON line per changed object, appended.
//!
//! A line is handed to the operating system before the answer goes out, so that it survives the end of the process, a
//! `kill -9` included; a line cut off in the middle can only be the last one and is dropped. It is not synced to the
//! disk each time: a power cut may cost the last moments. Opening the file rewrites it with the latest state of each
//! object beside it and renames it into place.

use std::fs::{File, OpenOptions};
use std::io::{self, BufRead, BufReader, Write};
use std::path::{Path, PathBuf};

use super::{Entry, EntryRef};

/// Why the data file cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum JournalError {
    /// The file cannot be read or written.
    #[error("data file {path}: {cause}")]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system said.
        cause: io::Error,
    },
    /// A line other than the last one is not an entry of this version.
    #[error("data file {path}, line {line}: {cause}")]
    Line {
        /// The file.
        path: PathBuf,
        /// Counted from 1.
        line: usize,
        /// What is wrong with it.
        cause: serde_json::Error,
    },
}

/// An open data file.
#[derive(Debug)]
pub(crate) struct Journal {
    path: PathBuf,
    file: File,
    unwritten: Vec<u8>,
}

impl Journal {
    /// Reads all whole entries of a file; there are none if it does not exist.
    ///
    /// # Errors
    /// The file cannot be read, or a line before the last one is broken.
    pub(crate) fn read(path: &Path) -> Result<Vec<Entry>, JournalError> {
        let failed = |cause| JournalError::Io { path: path.to_owned(), cause };
        let file = match File::open(path) {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(failed(error)),
        };
        let mut reader = BufReader::new(file);
        let mut entries = Vec::new();
        let mut text = Vec::new();
        for line in 1.. {
            text.clear();
            let length = reader.read_until(b'\n', &mut text).map_err(failed)?;
            if length == 0 {
                break;
            }
            match serde_json::from_slice(&text) {
                Ok(entry) => entries.push(entry),
                Err(_) if text.last() != Some(&b'\n') => {
                    tracing::warn!(line, "the last line was cut off and is dropped")
                }
                Err(cause) => {
                    return Err(JournalError::Line { path: path.to_owned(), line, cause });
                }
            }
        }
        Ok(entries)
    }

    /// Replaces the file by these entries and opens it for appending.
    ///
    /// # Errors
    /// The file cannot be written, synced or renamed.
    pub(crate) fn rewrite<'a>(path: &Path, entries: impl Iterator<Item = EntryRef<'a>>) -> Result<Self, JournalError> {
        let failed = |cause| JournalError::Io { path: path.to_owned(), cause };
        let beside = path.with_extension("new");
        let mut writer = io::BufWriter::new(File::create(&beside).map_err(failed)?);
        for entry in entries {
            serde_json::to_writer(&mut writer, &entry).map_err(|error| failed(error.into()))?;
            writer.write_all(b"\n").map_err(failed)?;
        }
        let file = writer.into_inner().map_err(|error| failed(error.into_error()))?;
        file.sync_all().map_err(failed)?;
        drop(file);
        std::fs::rename(&beside, path).map_err(failed)?;
        let file = OpenOptions::new().append(true).open(path).map_err(failed)?;
        Ok(Self { path: path.to_owned(), file, unwritten: Vec::new() })
    }

    /// Adds an entry to the next [`Journal::flush`].
    pub(crate) fn note(&mut self, entry: &EntryRef<'_>) {
        let start = self.unwritten.len();
        match serde_json::to_writer(&mut self.unwritten, entry) {
            Ok(()) => self.unwritten.push(b'\n'),
            Err(error) => {
                self.unwritten.truncate(start);
                tracing::error!(%error, "a change could not be written down");
            }
        }
    }

    /// Writes the noted entries, all in one piece.
    ///
    /// # Errors
    /// The system refuses; the entries are dropped.
    pub(crate) fn flush(&mut self) -> io::Result<()> {
        if self.unwritten.is_empty() {
            return Ok(());
        }
        let outcome = self.file.write_all(&self.unwritten);
        self.unwritten.clear();
        outcome
    }

    /// Empties the file.
    ///
    /// # Errors
    /// The system refuses.
    pub(crate) fn clear(&mut self) -> Result<(), JournalError> {
        self.unwritten.clear();
        self.file.set_len(0).map_err(|cause| JournalError::Io { path: self.path.clone(), cause })
    }
}
