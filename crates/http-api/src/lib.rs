//! The server: REST, webhooks, configuration and the command line. It builds everything and decides nothing.

pub mod app;
pub mod cli;
mod commands;
pub mod config;
mod extract;
mod handlers;
pub mod limits;
mod localise;
mod logging;
mod middleware;
pub mod monitoring;
pub mod openapi;
pub mod printer;
mod problem;
mod routes;
pub mod sandbox;
pub mod security;
pub mod seeding;
pub mod server;
pub mod state;
pub mod telemetry;
mod views;
pub mod workers;
