//! diesel-store.
