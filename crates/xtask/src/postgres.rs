//! A throw-away PostgreSQL: its own folder, its own port, gone when the tests are over.

use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

use crate::shell::{is_root, run};

/// A running cluster. Dropping it stops it and deletes its folder.
pub struct Cluster {
    server: Child,
    port: u16,
    _folder: TempDir,
}

impl Cluster {
    /// Makes a cluster and starts it.
    ///
    /// # Errors
    /// If PostgreSQL is not installed or does not start.
    pub fn start() -> Result<Self, String> {
        let programs = newest_programs()?;
        let folder =
            tempfile::Builder::new().prefix("donations-postgres-").tempdir().map_err(|error| error.to_string())?;
        let data = folder.path().join("data");
        if is_root() {
            // PostgreSQL refuses to run as root; Debian's package brings the user `postgres`.
            run(Command::new("chown").arg("postgres:postgres").arg(folder.path()))?;
        }
        let data = data.to_string_lossy().into_owned();
        let initdb = [
            "--pgdata",
            &data,
            "--username",
            "postgres",
            "--auth",
            "trust",
            "--encoding",
            "UTF8",
            "--locale",
            "C.UTF-8",
            "--no-sync",
        ];
        run(as_postgres(&programs.join("initdb")).args(initdb).stdout(Stdio::null()))?;
        let port = free_port()?;
        let log = folder.path().join("log");
        let log = std::fs::File::create(&log).map_err(|error| error.to_string())?;
        let sockets = format!("unix_socket_directories={}", folder.path().display());
        let settings =
            ["listen_addresses=127.0.0.1", &sockets, "fsync=off", "max_connections=300", "shared_buffers=64MB"];
        let mut command = as_postgres(&programs.join("postgres"));
        command.args(["-D", &data, "-p", &port.to_string()]);
        for setting in settings {
            command.args(["-c", setting]);
        }
        let server = command.stdout(Stdio::null()).stderr(log).spawn().map_err(|error| format!("postgres: {error}"))?;
        let cluster = Self { server, port, _folder: folder };
        cluster.wait(&programs.join("pg_isready"))?;
        Ok(cluster)
    }

    /// Where it is, for `TEST_POSTGRES_URL`.
    pub fn url(&self) -> String {
        format!("postgres://postgres@127.0.0.1:{}/postgres", self.port)
    }

    fn wait(&self, pg_isready: &Path) -> Result<(), String> {
        let started = Instant::now();
        while started.elapsed() < Duration::from_secs(60) {
            let port = self.port.to_string();
            let ready = Command::new(pg_isready).args(["-q", "-h", "127.0.0.1", "-p", &port]).status();
            if ready.is_ok_and(|status| status.success()) {
                return Ok(());
            }
            pause();
        }
        Err("PostgreSQL did not start within a minute".to_owned())
    }
}

#[expect(clippy::disallowed_methods, reason = "no async threads here, and nothing to wait on but time")]
fn pause() {
    std::thread::sleep(Duration::from_millis(50));
}

impl Drop for Cluster {
    fn drop(&mut self) {
        // SIGINT is PostgreSQL's "fast shutdown"; `kill` reaches it as another user, which `Child::kill` would too, but
        // that leaves its shared memory behind.
        let stopped = Command::new("kill").args(["-INT", &self.server.id().to_string()]).status();
        if !stopped.is_ok_and(|status| status.success()) {
            let _gone_already = self.server.kill();
        }
        let _status = self.server.wait();
    }
}

/// The newest version's programs among those installed.
fn newest_programs() -> Result<PathBuf, String> {
    let versions = std::fs::read_dir("/usr/lib/postgresql").map_err(|_| "PostgreSQL is not installed".to_owned())?;
    let versions = versions.flatten().filter(|entry| entry.path().join("bin/initdb").exists());
    let number = |entry: &std::fs::DirEntry| entry.file_name().to_string_lossy().parse::<u32>().unwrap_or(0);
    let newest = versions.max_by_key(number).ok_or("PostgreSQL is not installed")?;
    Ok(newest.path().join("bin"))
}

fn as_postgres(program: &Path) -> Command {
    if !is_root() {
        return Command::new(program);
    }
    let mut command = Command::new("setpriv");
    command.args(["--reuid=postgres", "--regid=postgres", "--init-groups"]).arg(program);
    command
}

fn free_port() -> Result<u16, String> {
    let listener = TcpListener::bind("127.0.0.1:0").map_err(|error| error.to_string())?;
    listener.local_addr().map(|address| address.port()).map_err(|error| error.to_string())
}
