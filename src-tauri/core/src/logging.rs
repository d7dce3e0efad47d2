//! Where the log goes: lines of JSON in the data folder, one file a day, and readable lines on
//! standard error. What goes in is decided where it is written: never bodies, numbers or secrets.

use std::io::IsTerminal;
use std::path::{Path, PathBuf};

use tracing_appender::non_blocking::WorkerGuard;
use tracing_appender::rolling::{RollingFileAppender, Rotation};
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;
use tracing_subscriber::{EnvFilter, Layer, fmt};

use crate::error::{Error, Result};
use crate::store::migrate;

/// Days that are kept.
const DAYS: usize = 14;
/// What is written unless `DESKBELL_LOG` says otherwise. Libraries that would write headers or
/// addresses of requests stay quiet.
const USUAL: &str = "info,hyper=warn,reqwest=warn,rustls=warn,keyring_core=warn,zbus=warn";

/// Keeps the log going; what waits is written when it is dropped.
#[derive(Debug)]
pub struct LogsGuard {
    _worker: Option<WorkerGuard>,
}

/// Folder of the log files.
pub fn folder(data_dir: &Path) -> PathBuf {
    data_dir.join("logs")
}

/// Starts the log of this process; a second call changes nothing. Where no file can be written,
/// standard error has to do: a desk does not stay closed for want of a log.
pub fn init_logs(data_dir: &Path) -> LogsGuard {
    let terminal = fmt::layer()
        .with_target(false)
        .with_ansi(std::io::stderr().is_terminal())
        .with_writer(std::io::stderr);
    let registry = tracing_subscriber::registry().with(terminal.with_filter(filter()));
    match appender(&folder(data_dir)) {
        Ok(appender) => {
            let (writer, worker) = tracing_appender::non_blocking(appender);
            let file = fmt::layer().json().with_writer(writer).with_filter(filter());
            registry.with(file).try_init().ok();
            LogsGuard { _worker: Some(worker) }
        }
        Err(error) => {
            registry.try_init().ok();
            tracing::warn!(%error, "the log goes to standard error only");
            LogsGuard { _worker: None }
        }
    }
}

fn filter() -> EnvFilter {
    EnvFilter::try_from_env("DESKBELL_LOG").unwrap_or_else(|_| EnvFilter::new(USUAL))
}

fn appender(folder: &Path) -> Result<RollingFileAppender> {
    migrate::make_folder(folder)?;
    RollingFileAppender::builder()
        .rotation(Rotation::DAILY)
        .filename_prefix("deskbell")
        .filename_suffix("log")
        .max_log_files(DAYS)
        .build(folder)
        .map_err(|error| Error::Conflict(format!("the log cannot be written: {error}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_json_in_a_file_of_the_day() {
        let data_dir = tempfile::tempdir().unwrap();
        let (writer, worker) =
            tracing_appender::non_blocking(appender(&folder(data_dir.path())).unwrap());
        let layer = fmt::layer().json().with_writer(writer);
        let subscriber = tracing_subscriber::registry().with(layer);
        tracing::subscriber::with_default(subscriber, || {
            tracing::info!(channel.id = "c1", "message accepted");
        });
        drop(worker);
        let file = std::fs::read_dir(folder(data_dir.path())).unwrap().next().unwrap().unwrap();
        let name = file.file_name().into_string().unwrap();
        let day = name.strip_prefix("deskbell.").and_then(|rest| rest.strip_suffix(".log"));
        assert_eq!(day.map(str::len), Some("2026-11-22".len()), "{name}");
        let text = std::fs::read_to_string(file.path()).unwrap();
        let line: serde_json::Value = serde_json::from_str(text.trim()).unwrap();
        assert_eq!(line["fields"]["message"], "message accepted");
        assert_eq!(line["fields"]["channel.id"], "c1");
    }
}
