//! Log lines, on stderr, by area. An area is the target `samtavle::AREA`. No line holds a name, a
//! text, a key or an address of a person; board ids are fine.

use crate::config::LogFormat;
use std::io;
use thiserror::Error;
use tracing::level_filters::LevelFilter;
use tracing_subscriber::{
    Layer as _, filter::Targets, fmt::layer, layer::SubscriberExt as _, registry,
    util::SubscriberInitExt as _,
};

/// What lines can be asked for by.
const AREAS: [&str; 6] = ["app", "access", "http", "log", "room", "socket"];

/// A filter that makes no sense.
#[derive(Debug, Error, PartialEq, Eq)]
pub(crate) enum FilterError {
    #[error("--log: {0} is no level; use error, warn, info, debug, trace or off")]
    Level(String),
    #[error("--log: there is no area {0}; there are app, access, http, log, room and socket")]
    Area(String),
}

/// Starts logging.
pub(crate) fn start(filter: &str, format: LogFormat) -> Result<(), FilterError> {
    let targets = targets_of(filter)?;
    // A log on a disk that is full loses lines. To complain of that on stderr would be a panic.
    let lines = layer().with_writer(io::stderr).log_internal_errors(false);
    let lines = match format {
        LogFormat::Text => lines
            .with_ansi(io::IsTerminal::is_terminal(&io::stderr()))
            .boxed(),
        LogFormat::Json => lines.json().boxed(),
    };
    registry().with(lines.with_filter(targets)).init();
    Ok(())
}

fn targets_of(filter: &str) -> Result<Targets, FilterError> {
    // Others' crates may say what we would not (addresses of peers): only our own lines are shown.
    let mut all = LevelFilter::INFO;
    let mut areas = Vec::new();
    for part in filter
        .split(',')
        .map(str::trim)
        .filter(|part| !part.is_empty())
    {
        match part.split_once('=') {
            None => all = level_of(part)?,
            Some((area, level)) if AREAS.contains(&area.trim()) => {
                areas.push((area.trim(), level_of(level)?));
            }
            Some((area, _)) => return Err(FilterError::Area(area.trim().to_owned())),
        }
    }
    let targets = Targets::new().with_target("samtavle", all);
    Ok(areas.into_iter().fold(targets, |targets, (area, level)| {
        targets.with_target(format!("samtavle::{area}"), level)
    }))
}

fn level_of(text: &str) -> Result<LevelFilter, FilterError> {
    let text = text.trim();
    let is_number = text.parse::<u32>().is_ok(); // tracing reads these, too; people would not
    text.parse()
        .ok()
        .filter(|_| !is_number)
        .ok_or_else(|| FilterError::Level(text.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use tracing::Level;

    #[test]
    fn a_level_for_all_and_another_for_an_area() {
        let targets = targets_of("warn,room=debug").unwrap();
        assert!(targets.would_enable("samtavle::room", &Level::DEBUG));
        assert!(targets.would_enable("samtavle::log", &Level::WARN));
        assert!(!targets.would_enable("samtavle::log", &Level::INFO));
        assert!(!targets.would_enable("hyper", &Level::ERROR));
    }

    #[test]
    fn what_makes_no_sense_is_an_error() {
        assert_eq!(
            targets_of("loud").unwrap_err(),
            FilterError::Level("loud".to_owned())
        );
        assert_eq!(
            targets_of("info,cellar=debug").unwrap_err(),
            FilterError::Area("cellar".to_owned())
        );
    }
}
