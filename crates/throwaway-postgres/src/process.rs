//! Processes that are not ours to wait for, as Linux lists them in `/proc`.

use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// A process, by its id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Process(pub(crate) u32);

impl Process {
    /// Those that it has started and that are there now.
    pub(crate) fn children(self) -> Vec<Self> {
        let Ok(entries) = std::fs::read_dir("/proc") else { return Vec::new() };
        let names = entries.flatten().filter_map(|entry| entry.file_name().to_str()?.parse().ok());
        let children = names.map(Self).filter(|process| process.stat().is_some_and(|stat| stat.parent == self));
        children.collect()
    }

    /// Whether it still does anything. One that has died and that nobody has asked for does not.
    pub(crate) fn is_alive(self) -> bool {
        self.stat().is_some_and(|stat| !matches!(stat.state, 'Z' | 'X'))
    }

    /// SIGINT.
    pub(crate) fn interrupt(self) {
        signal("-INT", &[self]);
    }

    fn stat(self) -> Option<Stat> {
        Stat::parse(&std::fs::read_to_string(format!("/proc/{}/stat", self.0)).ok()?)
    }
}

/// SIGKILL for all of them; those that are gone already are left out.
pub(crate) fn kill(processes: &[Process]) {
    signal("-KILL", processes);
}

fn signal(name: &str, processes: &[Process]) {
    let ids = processes.iter().map(|process| process.0.to_string());
    let mut kill = Command::new("kill");
    // It complains when one of them is gone; whoever needs to know looks for himself.
    let _ = kill.arg(name).args(ids).stderr(Stdio::null()).status();
}

/// What `/proc/<id>/stat` says.
#[derive(Debug, PartialEq, Eq)]
struct Stat {
    state: char,
    parent: Process,
}

impl Stat {
    fn parse(text: &str) -> Option<Self> {
        // The program's name stands in parentheses and may hold some itself.
        let mut fields = text.rsplit_once(')')?.1.split_whitespace();
        Some(Self { state: fields.next()?.chars().next()?, parent: Process(fields.next()?.parse().ok()?) })
    }
}

/// Asks again and again until it is so; an error ends the waiting.
pub(crate) fn wait_until(
    what: &str,
    patience: Duration,
    mut is_so: impl FnMut() -> Result<bool, String>,
) -> Result<(), String> {
    let started = Instant::now();
    while started.elapsed() < patience {
        if is_so()? {
            return Ok(());
        }
        pause();
    }
    Err(format!("waited in vain for {what}"))
}

#[expect(clippy::disallowed_methods, reason = "no async threads here, and nothing to wait on but time")]
fn pause() {
    std::thread::sleep(Duration::from_millis(20));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_with_parentheses_hides_nothing() {
        let stat = Stat::parse("42 (a) b) (c) S 7 42 42 0 -1").unwrap();
        assert_eq!(stat, Stat { state: 'S', parent: Process(7) });
    }

    #[test]
    fn a_child_is_found_and_alive_until_it_is_killed() {
        let me = Process(std::process::id());
        let mut child = Command::new("cat").stdin(Stdio::piped()).spawn().unwrap();
        let process = Process(child.id());
        assert!(me.children().contains(&process) && process.is_alive());
        kill(&[process]);
        child.wait().unwrap();
        assert!(!me.children().contains(&process) && !process.is_alive());
    }
}
