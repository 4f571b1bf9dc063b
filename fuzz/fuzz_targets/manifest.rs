//! The manifest front: any bytes are read without a panic, with sound places and messages.
#![no_main]

#[path = "../../tests/it/manifest/sound.rs"]
mod sound;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| sound::check(&String::from_utf8_lossy(bytes)));
