//! A second cluster that follows the first, and takes its place.

use std::process::Stdio;

use crate::Cluster;
use crate::cluster::PATIENCE;
use crate::process::wait_until;
use crate::programs::run;

impl Cluster {
    /// A replica that streams from this one. From now on a commit here returns only when it is on the replica's disk too,
    /// and none returns without the replica. One replica at a time.
    ///
    /// # Errors
    /// If it cannot be made or does not start to stream.
    pub fn replica(&self) -> Result<Self, String> {
        let mut replica = Self::without_data(self.durability)?;
        let mut backup = self.programs.command("pg_basebackup");
        let source = format!("postgresql://postgres@{}", self.address());
        backup.args(["--dbname", &source, "--wal-method=stream", "--checkpoint=fast", "--no-sync", "--no-password"]);
        // Tells the copy whom to follow.
        backup.arg("--write-recovery-conf").arg("--pgdata").arg(replica.data()).stdout(Stdio::null());
        run(&mut backup)?;
        replica.start_server()?;
        // After the copy was taken, which has to commit alone once it is promoted.
        self.query("ALTER SYSTEM SET synchronous_standby_names = '*'")?;
        self.query("SELECT pg_reload_conf()")?;
        wait_until("the replica to be synchronous", PATIENCE, || {
            Ok(self.query("SELECT sync_state FROM pg_stat_replication")? == "sync")
        })?;
        Ok(replica)
    }

    /// Makes a replica a cluster that can be written to.
    ///
    /// # Errors
    /// If it is none.
    pub fn promote(&self) -> Result<(), String> {
        match self.query("SELECT pg_promote(true)")?.as_str() {
            "t" => Ok(()),
            answer => Err(format!("pg_promote: {answer}")),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::{Cluster, Durability};

    #[test]
    fn a_replica_has_whatever_was_committed_and_takes_over() {
        let mut primary = Cluster::start(Durability::Disk).unwrap();
        primary.query("CREATE TABLE kept (n int)").unwrap();
        let mut replica = primary.replica().unwrap();
        for n in 1..=20 {
            primary.query(&format!("INSERT INTO kept VALUES ({n})")).unwrap();
        }
        assert!(replica.query("INSERT INTO kept VALUES (0)").is_err(), "it only follows");
        assert!(primary.promote().is_err(), "it follows nobody");
        primary.kill().unwrap();
        replica.promote().unwrap();
        assert_eq!(replica.query("SELECT count(*) FROM kept").unwrap(), "20");
        replica.query("INSERT INTO kept VALUES (21)").unwrap();
        replica.kill().unwrap();
        replica.start_again().unwrap();
        assert_eq!(replica.query("SELECT count(*) FROM kept").unwrap(), "21");
    }
}
