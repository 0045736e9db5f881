//! The table that is printed, as documentation shows it.

/// How long the answers to one question took, in microseconds.
pub struct Row {
    name: String,
    half: u128,
    almost_all: u128,
    longest: u128,
}

impl Row {
    pub fn of(name: String, mut micros: Vec<u128>) -> Self {
        micros.sort_unstable();
        let at = |percent: usize| {
            let place = (micros.len() * percent).div_ceil(100).max(1) - 1;
            micros.get(place).copied().unwrap_or_default()
        };
        Self { name, half: at(50), almost_all: at(99), longest: at(100) }
    }

    pub fn is_slower_than(&self, micros: u128) -> bool {
        self.almost_all > micros
    }
}

pub fn head(database: &str, donations: u32) {
    print(&format!("\n| {database}, {donations} donations | p50 ms | p99 ms | max ms |\n|---|---:|---:|---:|"));
}

pub fn line(row: &Row) {
    let Row { name, half, almost_all, longest } = row;
    print(&format!("| {name} | {} | {} | {} |", millis(*half), millis(*almost_all), millis(*longest)));
}

fn millis(micros: u128) -> String {
    format!("{}.{}", micros / 1_000, micros % 1_000 / 100)
}

#[expect(clippy::print_stdout, reason = "what a person at the command line reads")]
fn print(line: &str) {
    println!("{line}");
}
