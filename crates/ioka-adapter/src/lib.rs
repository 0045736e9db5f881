//! ioka-adapter.
