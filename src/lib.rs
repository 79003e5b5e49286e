//! Baoku 报库: a desktop archive browser for Chinese local newsrooms.
//!
//! Baoku reads the text dumps of newspaper pages, rebuilds the articles that were printed, files them in one local
//! SQLite archive and lets staff find, read, cite and print them. The rooms, in reading order:
//!
//! | room | what it is for |
//! |---|---|
//! | [`model`] | plain data that all rooms share |
//! | [`reconstruct`] | the lines of one dump become articles; pure |
//! | [`catalogue`] | what an article is about: date, towns, section, kind, people; pure |
//! | [`ingest`] | files, folders and zips become dumps: encodings, form feeds, names |
//! | [`repair`] | the page as a person has put it right; pure |
//! | [`search`] | what was typed becomes a query, tokens, highlights; pure |
//! | [`archive`] | the SQLite file: the only room that knows SQL |
//! | [`export`] | articles become files for other programs |
//! | [`worker`] | threads, requests, events; owns the archive's handles |
//! | [`ui`] | the window; the only room that knows egui |
//! | [`cli`] | the command line; the only room that prints |
//!
//! `tests/tidy.rs` holds the rooms to who may use whom. ARCHITECTURE.md says why.

#![forbid(unsafe_code)]

/// Rebuilding a page takes many small pieces of memory, which the system's allocator is slow at.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

pub mod archive;
pub mod catalogue;
pub mod cli;
pub mod export;
pub mod fonts;
pub mod ingest;
pub mod model;
pub mod reconstruct;
pub mod repair;
pub mod search;
pub mod ui;
pub mod worker;
