//! PostgreSQL's own programs, and the user they run as.

use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The programs of one version.
#[derive(Debug, Clone)]
pub(crate) struct Programs {
    folder: PathBuf,
    is_root: bool,
}

impl Programs {
    /// The newest version's among those installed.
    pub(crate) fn newest() -> Result<Self, String> {
        let versions =
            std::fs::read_dir("/usr/lib/postgresql").map_err(|_| "PostgreSQL is not installed".to_owned())?;
        let versions = versions.flatten().filter(|entry| entry.path().join("bin/initdb").exists());
        let number = |entry: &std::fs::DirEntry| entry.file_name().to_string_lossy().parse::<u32>().unwrap_or(0);
        let newest = versions.max_by_key(number).ok_or("PostgreSQL is not installed")?;
        let myself = std::fs::metadata("/proc/self").map_err(|error| error.to_string())?;
        Ok(Self { folder: newest.path().join("bin"), is_root: myself.uid() == 0 })
    }

    /// One of them, to be run as a user that PostgreSQL accepts.
    pub(crate) fn command(&self, program: &str) -> Command {
        let program = self.folder.join(program);
        let mut command = if self.is_root {
            let mut command = Command::new("setpriv");
            command.args(["--reuid=postgres", "--regid=postgres", "--init-groups"]).arg(program);
            command
        } else {
            Command::new(program)
        };
        // Where we are, that user may not look.
        command.current_dir("/");
        command
    }

    /// Makes a folder of ours that user's.
    pub(crate) fn give_folder(&self, folder: &Path) -> Result<(), String> {
        if !self.is_root {
            return Ok(());
        }
        run(Command::new("chown").arg("postgres:postgres").arg(folder))
    }
}

/// Runs a command to its end.
pub(crate) fn run(command: &mut Command) -> Result<(), String> {
    let parts = std::iter::once(command.get_program()).chain(command.get_args());
    let text = parts.map(|part| part.to_string_lossy().into_owned()).collect::<Vec<_>>().join(" ");
    let status = command.status().map_err(|error| format!("{text}: {error}"))?;
    if status.success() { Ok(()) } else { Err(format!("{text}: {status}")) }
}
