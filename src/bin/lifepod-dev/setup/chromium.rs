//! The browser for the tests.

use super::debian;
use crate::project::on_path;
use anyhow::{Context, Result};
use std::env;
use std::path::PathBuf;

const BROWSERS: [&str; 4] =
    ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/// A browser and the driver of the same version.
#[derive(Clone, Debug)]
pub struct Chromium {
    /// Chromium or Chrome.
    pub browser: PathBuf,
    /// Its WebDriver server.
    pub driver: PathBuf,
}

impl Chromium {
    /// `CHROME` and `CHROMEDRIVER`, else those on `PATH`, else Debian's packages.
    pub fn ready() -> Result<Chromium> {
        if let Some(found) = Chromium::find() {
            return Ok(found);
        }
        debian::install(&["chromium", "chromium-driver"], "run the browser tests")?;
        Chromium::find().context("no Chromium after its installation")
    }

    fn find() -> Option<Chromium> {
        Some(Chromium {
            browser: named("CHROME").or_else(|| on_path(&BROWSERS))?,
            driver: named("CHROMEDRIVER").or_else(|| on_path(&["chromedriver"]))?,
        })
    }
}

fn named(variable: &str) -> Option<PathBuf> {
    env::var_os(variable).map(PathBuf::from)
}
