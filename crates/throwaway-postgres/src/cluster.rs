//! A cluster's life: made, started, killed, started again, stopped.

use std::fs::{File, OpenOptions};
use std::path::PathBuf;
use std::process::{Child, Stdio};
use std::time::Duration;

use tempfile::TempDir;

use crate::port::free_port;
use crate::process::{self, Process, wait_until};
use crate::programs::{Programs, run};

/// Longer than any step takes on the slowest machine.
pub(crate) const PATIENCE: Duration = Duration::from_secs(60);

/// How long a server may take to stop when it is asked to; then it is killed.
const GRACE: Duration = Duration::from_secs(10);

/// What survives when the machine, not only the server, stops.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Durability {
    /// Nothing is promised: fast, for tests that do not kill the database.
    None,
    /// PostgreSQL's own default: a commit waits for the disk.
    Disk,
}

/// A running cluster. Dropping it stops it and deletes its folder.
#[derive(Debug)]
pub struct Cluster {
    pub(crate) programs: Programs,
    pub(crate) folder: TempDir,
    pub(crate) durability: Durability,
    port: u16,
    server: Option<Child>,
}

impl Cluster {
    /// Makes a cluster and starts it.
    ///
    /// # Errors
    /// If PostgreSQL is not installed or does not start.
    pub fn start(durability: Durability) -> Result<Self, String> {
        let mut cluster = Self::without_data(durability)?;
        let mut initdb = cluster.programs.command("initdb");
        initdb.arg("--pgdata").arg(cluster.data()).args(["--username", "postgres", "--auth", "trust", "--no-sync"]);
        initdb.args(["--encoding", "UTF8", "--locale", "C.UTF-8"]).stdout(Stdio::null());
        run(&mut initdb)?;
        cluster.start_server()?;
        Ok(cluster)
    }

    /// Where it is, for `TEST_POSTGRES_URL` and `DATABASE_URL`.
    pub fn url(&self) -> String {
        format!("postgres://postgres@{}/postgres", self.address())
    }

    /// Host and port, for an address that names several.
    pub fn address(&self) -> String {
        format!("127.0.0.1:{}", self.port)
    }

    /// `kill -9` of the server with all its processes. What it was at is lost, what it had committed is on disk.
    ///
    /// # Errors
    /// If it does not run, or does not die.
    pub fn kill(&mut self) -> Result<(), String> {
        let mut server = self.server.take().ok_or("the cluster does not run")?;
        let main = Process(server.id());
        // Found first, killed last: a server that sees one of them die would start to recover.
        let children = main.children();
        server.kill().map_err(|error| format!("postgres: {error}"))?;
        server.wait().map_err(|error| format!("postgres: {error}"))?;
        process::kill(&children);
        // Until the last is gone the shared memory is in use, and no server can be started on the same data.
        wait_until("PostgreSQL's processes to die", PATIENCE, || Ok(children.iter().all(|child| !child.is_alive())))
    }

    /// Starts it again after [`Cluster::kill`]: same data, same port.
    ///
    /// # Errors
    /// If it runs, or does not start.
    pub fn start_again(&mut self) -> Result<(), String> {
        if self.server.is_some() {
            return Err("the cluster runs".to_owned());
        }
        self.start_server()
    }

    /// A folder and a port, and nothing in or at them yet.
    pub(crate) fn without_data(durability: Durability) -> Result<Self, String> {
        let programs = Programs::newest()?;
        let folder = tempfile::Builder::new().prefix("donations-postgres-").tempdir();
        let folder = folder.map_err(|error| error.to_string())?;
        programs.give_folder(folder.path())?;
        Ok(Self { programs, folder, durability, port: free_port()?, server: None })
    }

    pub(crate) fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    pub(crate) fn start_server(&mut self) -> Result<(), String> {
        let mut command = self.programs.command("postgres");
        command.arg("-D").arg(self.data()).args(["-p", &self.port.to_string()]);
        let sockets = format!("unix_socket_directories={}", self.folder.path().display());
        for setting in ["listen_addresses=127.0.0.1", &sockets, "max_connections=300", "shared_buffers=64MB"] {
            command.args(["-c", setting]);
        }
        if self.durability == Durability::None {
            command.args(["-c", "fsync=off"]);
        }
        let server = command.stdout(Stdio::null()).stderr(self.log()?).spawn();
        self.server = Some(server.map_err(|error| format!("postgres: {error}"))?);
        self.wait_until_ready()
    }

    fn log(&self) -> Result<File, String> {
        let path = self.folder.path().join("log");
        OpenOptions::new().create(true).append(true).open(path).map_err(|error| error.to_string())
    }

    fn wait_until_ready(&mut self) -> Result<(), String> {
        let Self { programs, folder, port, server, .. } = self;
        let server = server.as_mut().ok_or("the cluster does not run")?;
        wait_until("PostgreSQL to start", PATIENCE, || {
            if let Ok(Some(status)) = server.try_wait() {
                let log = std::fs::read_to_string(folder.path().join("log")).unwrap_or_default();
                return Err(format!("postgres ended, {status}: {log}"));
            }
            let mut ready = programs.command("pg_isready");
            ready.args(["-q", "-h", "127.0.0.1", "-p", &port.to_string()]);
            Ok(ready.status().is_ok_and(|status| status.success()))
        })
    }

    /// What the query answers, as `psql` prints it without decoration.
    pub(crate) fn query(&self, sql: &str) -> Result<String, String> {
        let mut psql = self.programs.command("psql");
        psql.args(["--no-psqlrc", "--quiet", "--tuples-only", "--no-align", "--username", "postgres"]);
        psql.args(["--dbname", "postgres", "--host", "127.0.0.1", "--port", &self.port.to_string(), "--command", sql]);
        let output = psql.output().map_err(|error| format!("psql: {error}"))?;
        if !output.status.success() {
            return Err(format!("psql: {}", String::from_utf8_lossy(&output.stderr)));
        }
        Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        let Some(mut server) = self.server.take() else { return };
        let main = Process(server.id());
        // PostgreSQL's "fast shutdown", which leaves no shared memory behind.
        main.interrupt();
        if wait_until("", GRACE, || Ok(matches!(server.try_wait(), Ok(Some(_))))).is_err() {
            let children = main.children();
            // Whoever is gone already cannot be killed, which is as well.
            let _ = server.kill();
            process::kill(&children);
            let _ = server.wait();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_committed_survives_a_kill() {
        let mut cluster = Cluster::start(Durability::Disk).unwrap();
        let address = cluster.address();
        cluster.query("CREATE TABLE kept (n int)").unwrap();
        for round in 1..=3 {
            cluster.query(&format!("INSERT INTO kept VALUES ({round})")).unwrap();
            cluster.kill().unwrap();
            assert!(cluster.query("SELECT 1").is_err() && cluster.kill().is_err());
            cluster.start_again().unwrap();
            assert!(cluster.start_again().is_err());
            assert_eq!(cluster.query("SELECT count(*) FROM kept").unwrap(), round.to_string());
        }
        assert_eq!(cluster.address(), address);
    }

    #[test]
    fn nothing_is_left_behind_by_a_test_that_panics() {
        let (say, said) = std::sync::mpsc::channel();
        let test = std::thread::spawn(move || {
            let cluster = Cluster::start(Durability::None).unwrap();
            say.send((cluster.server.as_ref().unwrap().id(), cluster.folder.path().to_owned())).unwrap();
            panic!("as a test does");
        });
        assert!(test.join().is_err());
        let (server, folder) = said.recv().unwrap();
        assert!(!Process(server).is_alive() && !folder.exists());
    }
}
