//! Makes the migrations part of what is compiled.

use std::hash::{DefaultHasher, Hasher as _};
use std::path::Path;
use std::{fs, io};

fn main() -> io::Result<()> {
    let migrations = Path::new("../../migrations");
    // The macro that embeds them does not tell cargo about files that come later.
    println!("cargo::rerun-if-changed={}", migrations.display());
    let hash = hash_of(&migrations.join("postgres"))?;
    println!("cargo::rustc-env=POSTGRES_MIGRATIONS_HASH={hash:016x}");
    Ok(())
}

/// Names the template database that tests copy: other migrations, another template.
fn hash_of(folder: &Path) -> io::Result<u64> {
    let mut names = fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<io::Result<Vec<_>>>()?;
    names.sort();
    let mut hasher = DefaultHasher::new();
    for name in names {
        hasher.write(name.as_os_str().as_encoded_bytes());
        hasher.write(&fs::read(name.join("up.sql"))?);
    }
    Ok(hasher.finish())
}
