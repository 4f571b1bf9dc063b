//! `cargo dev shots DIR`: pictures of the page, for looking at it and for the README.

use crate::browser::{Driver, Session};
use crate::page;
use crate::project::Project;
use crate::server::Server;
use crate::setup::Chromium;
use anyhow::{Context, Result, bail};
use std::path::Path;
use std::time::{Duration, Instant};
use std::{fs, thread};

/// Desktop, tablet, phone, and a pane in a tutorial.
const SIZES: [(u32, u32); 4] = [(1440, 900), (820, 1180), (390, 844), (800, 450)];
const LANGUAGES: [&str; 2] = ["en", "zh"];
const PATIENCE: Duration = Duration::from_secs(20);
/// Lets what follows a click be drawn.
const SETTLE: Duration = Duration::from_millis(700);

/// States of the page worth looking at, and how each is reached; those of embeds have their size.
const STATES: [(&str, &str); 14] = [
    ("first", "--query theme=auto --wait 1500"),
    (
        "tour",
        "--first --query theme=auto --wait 900 --click tour-next --wait 4500 --click tour-next --wait 4500",
    ),
    ("picker", "--query autoplay=0 --click scenario"),
    ("rules", "--query autoplay=0&t=60s --menu --click library --wait 600"),
    ("help", "--query autoplay=0&t=60s --press ?"),
    ("ledger", "--query autoplay=0&t=60s --press ? --click fidelity --wait 600"),
    ("killed", "--query autoplay=0&t=60s"),
    ("deployment", "--query autoplay=0&t=30s&scenario=traffic-rollout-loses"),
    ("inspector", "--query autoplay=0&t=60s --press i --wait 300"),
    ("missing", "--query autoplay=0&scenario=no-such-one"),
    ("embed", "--query embed=1&autoplay=0&t=50s"),
    ("embed-two", "--query embed=1&autoplay=0&t=50s&panes=stage,timeline"),
    ("embed-why", "--query embed=1&autoplay=0&t=50s&panes=stage,why&readonly=1"),
    ("embed-bad", "--query embed=1&autoplay=0&t=soon&panes=editor&readonly=1"),
];

/// `--all`: each state in each size, language and theme; `--all embed`: those so called.
fn all(session: &Session, base: &str, folder: &str, called: &str) -> Result<()> {
    for (name, steps) in STATES.into_iter().filter(|(name, _)| name.starts_with(called)) {
        let args: Vec<String> = steps.split(' ').map(str::to_owned).collect();
        let sizes = if name.starts_with("embed") { &SIZES[3..] } else { &SIZES[..3] };
        for dark in [false, true] {
            session.prefer_dark(dark)?;
            for language in LANGUAGES {
                for size in sizes {
                    let theme = if dark { "dark" } else { "light" };
                    let file = format!("{name}-{}x{}-{language}-{theme}.png", size.0, size.1);
                    take(session, base, (language, *size), &args, &Path::new(folder).join(file))?;
                }
            }
        }
    }
    Ok(())
}

/// One picture.
fn take(
    session: &Session,
    base: &str,
    (language, (width, height)): (&str, (u32, u32)),
    args: &[String],
    file: &Path,
) -> Result<()> {
    session.resize(width, height)?;
    session.go("about:blank")?;
    session.go(&address(base, language, args))?;
    if crate::flag(args, "--first") == session.script(TOUR_DONE)?.as_bool().unwrap_or(false) {
        session.script(match crate::flag(args, "--first") {
            true => "localStorage.removeItem('lifepod.tour')",
            false => "localStorage.setItem('lifepod.tour', '1')",
        })?;
        session.go("about:blank")?;
        session.go(&address(base, language, args))?;
    }
    wait_for_page(session)?;
    act(session, args)?;
    fs::write(file, session.screenshot()?)?;
    println!("{}", file.display());
    Ok(())
}

const TOUR_DONE: &str = "return localStorage.getItem('lifepod.tour') !== null";

/// The command. It takes the pictures of the page as it was built last.
pub fn run(args: &[String]) -> Result<()> {
    let Some(folder) = args.first().filter(|arg| !arg.starts_with("--")) else {
        bail!("which folder?\n{}", crate::USAGE);
    };
    let project = Project::find()?;
    let html = fs::read_to_string(project.dist.join("index.html"))
        .context("no page in dist/ yet: cargo dev build")?;
    let server = Server::start(&project.dist, 0, &page::policy(&html)?)?;
    let chromium = Chromium::ready()?;
    let driver = Driver::start(&chromium.driver, &chromium.browser)?;
    let session = driver.open()?;
    session.prefer_dark(crate::flag(args, "--dark"))?;
    fs::create_dir_all(folder)?;
    if crate::flag(args, "--all") {
        let called = crate::option(args, "--all").filter(|name| !name.starts_with("--"));
        return all(&session, &server.url(), folder, called.unwrap_or_default());
    }
    for language in LANGUAGES {
        for (width, height) in SIZES {
            let file = Path::new(folder).join(format!("{width}x{height}-{language}.png"));
            take(&session, &server.url(), (language, (width, height)), args, &file)?;
        }
    }
    Ok(())
}

fn address(base: &str, language: &str, args: &[String]) -> String {
    let query = crate::option(args, "--query").map(|query| format!("&{query}"));
    let fragment = crate::option(args, "--fragment").map(|fragment| format!("#{fragment}"));
    format!("{base}?lang={language}{}{}", query.unwrap_or_default(), fragment.unwrap_or_default())
}

fn wait_for_page(session: &Session) -> Result<()> {
    let start = Instant::now();
    while session.find("[data-testid=app]")?.is_none() {
        if start.elapsed() > PATIENCE {
            bail!("the page did not appear: {:?}", session.console_errors()?);
        }
        thread::sleep(Duration::from_millis(50));
    }
    thread::sleep(SETTLE);
    Ok(())
}

/// Each `--click TESTID`, `--press KEY` and `--wait MS`, in their order; `--menu` opens the menu of
/// a narrow page first.
fn act(session: &Session, args: &[String]) -> Result<()> {
    if crate::flag(args, "--menu") {
        let code = "const m = document.querySelector('[data-testid=menu]');\
                    if (m?.offsetWidth) m.click()";
        session.script(code)?;
    }
    for pair in args.windows(2) {
        match pair[0].as_str() {
            "--click" => {
                let css = format!("[data-testid=\"{}\"]", pair[1]);
                let element = session.find(&css)?.with_context(|| format!("no {css}"))?;
                session.click(&element)?;
                thread::sleep(SETTLE);
            }
            "--press" => {
                session.press(&pair[1])?;
                thread::sleep(SETTLE);
            }
            "--wait" => thread::sleep(Duration::from_millis(pair[1].parse()?)),
            _ => {}
        }
    }
    Ok(())
}
