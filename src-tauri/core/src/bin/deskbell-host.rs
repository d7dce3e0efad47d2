//! The same desk without a window: for a mini-PC under the counter, a server, and tests.
//! Reads the command line, runs the core until it is told to stop. Owns nothing of the product.

use std::io::{BufRead, IsTerminal, Write};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};
use deskbell_core::config::{PUBLIC_PORT, WORKSPACE_PORT, loopback};
use deskbell_core::model::Setup;
use deskbell_core::store::migrate;
use deskbell_core::{App, Config, Error, accounts, clock, logging};
use secrecy::SecretString;

/// Runs a desk without a window: your team uses it with a browser, or with Deskbell windows that
/// join it.
#[derive(Debug, Parser)]
#[command(name = "deskbell-host", version)]
struct Line {
    #[command(flatten)]
    place: Place,
    /// Address for your team's browsers and windows.
    #[arg(long, value_name = "ADDR", default_value_t = loopback(WORKSPACE_PORT))]
    workspace_listen: SocketAddr,
    /// A further name under which your team reaches the desk, such as that of a reverse proxy;
    /// may be given several times.
    #[arg(long, value_name = "HOST", value_parser = host_name)]
    workspace_name: Vec<String>,
    /// Address for the office network, used while Settings, Network lets it in [default:
    /// 0.0.0.0:8788 or the next free port].
    #[arg(long, value_name = "ADDR")]
    lan_listen: Option<SocketAddr>,
    /// Address for webhooks and media links: what a tunnel or proxy is pointed at.
    #[arg(long, value_name = "ADDR", default_value_t = loopback(PUBLIC_PORT))]
    public_listen: SocketAddr,
    #[command(subcommand)]
    task: Option<Task>,
}

/// What every task needs.
#[derive(Debug, Args)]
struct Place {
    /// Where everything is kept.
    #[arg(long, global = true, value_name = "DIR", env = "DESKBELL_DATA_DIR")]
    data_dir: Option<PathBuf>,
    /// Begin a new desk without the demo channel.
    #[arg(long, global = true)]
    no_demo: bool,
    /// Keep the key of the credentials of a new desk in a file, even where there is a keychain.
    #[arg(long, global = true)]
    key_file: bool,
}

/// What to do instead of running.
#[derive(Debug, Subcommand)]
enum Task {
    /// Make the first administrator of a new desk; the password is read from standard input.
    Setup(FirstRun),
    /// Copy the database to the folder of backups; the desk may be running.
    Backup,
    /// Look through the database for damage; the desk may be running.
    Check,
    /// Print the description of the API (OpenAPI, JSON).
    Openapi,
    /// Print what is known of every provider (JSON).
    Providers,
}

/// The first administrator.
#[derive(Debug, Args)]
struct FirstRun {
    /// Sign-in name.
    #[arg(long, default_value = "admin")]
    login: String,
    /// Name that colleagues see.
    #[arg(long, default_value = "Administrator")]
    name: String,
    /// Name of the business.
    #[arg(long, default_value = "My business")]
    business: String,
    /// Two-letter country for numbers written without +.
    #[arg(long)]
    country: Option<String>,
}

fn main() -> ExitCode {
    // Two TLS providers could end up in one process; this makes ring the one that is used.
    // It fails only if one is installed already, which is then just as good.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let line = Line::parse();
    let Some(data_dir) = line.place.data_dir.clone().or_else(Config::platform_data_dir) else {
        return complain("no home directory is known here; say where with --data-dir");
    };
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return complain(&error.to_string()),
    };
    let done = runtime.block_on(async {
        match &line.task {
            None => run(&line, data_dir).await,
            Some(Task::Setup(first_run)) => set_up(&line.place, first_run, data_dir).await,
            Some(Task::Backup) => back_up(data_dir),
            Some(Task::Check) => check(data_dir),
            Some(Task::Openapi) => describe(),
            Some(Task::Providers) => describe_providers(),
        }
    });
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => complain(&sentence(&error)),
    }
}

/// Runs the desk until a signal tells it to stop.
async fn run(line: &Line, data_dir: PathBuf) -> Result<(), Error> {
    let _logs = logging::init_logs(&data_dir);
    let mut config = configured(&line.place, data_dir);
    config.workspace_listen = line.workspace_listen;
    config.workspace_names.clone_from(&line.workspace_name);
    config.lan_listen = line.lan_listen.unwrap_or(config.lan_listen);
    config.public_listen = line.public_listen;
    let app = App::start(config).await?;
    say(&format!("workspace: http://{}", app.workspace_addr()));
    say(&format!("public: http://{}", app.public_addr()));
    told_to_stop().await;
    tracing::info!("stopping: what is being sent is finished first");
    tokio::select! {
        () = app.stop() => Ok(()),
        // Whoever asks twice does not want to wait.
        () = told_to_stop() => Err(Error::Conflict("stopped before everything was finished".into())),
    }
}

/// Starts the new desk just long enough to make its first administrator.
async fn set_up(place: &Place, first_run: &FirstRun, data_dir: PathBuf) -> Result<(), Error> {
    let password = read_password()?;
    let mut config = configured(place, data_dir);
    config.workspace_listen = loopback(0);
    config.public_listen = loopback(0);
    let app = App::start(config).await?;
    let setup = Setup {
        business_name: first_run.business.clone(),
        name: first_run.name.clone(),
        login: first_run.login.clone(),
        password,
        country: first_run.country.clone(),
        customer_language: None,
        device_name: Some("Set-up".to_owned()),
        examples: false,
    };
    let done = first_administrator(&app, setup).await;
    app.stop().await;
    done?;
    say(&format!("{} may sign in now as the administrator", first_run.login));
    Ok(())
}

/// Makes the first administrator, and leaves no device signed in.
async fn first_administrator(app: &App, setup: Setup) -> Result<(), Error> {
    let signed_in = accounts::setup(app, setup, clock::now()).await?;
    let caller = accounts::caller_of(app, &signed_in.token, clock::now()).await?;
    accounts::sign_out(app, &caller).await
}

fn back_up(data_dir: PathBuf) -> Result<(), Error> {
    let path = migrate::back_up_now(&data_dir, clock::now())?;
    say(&format!("backup: {}", path.display()));
    Ok(())
}

fn check(data_dir: PathBuf) -> Result<(), Error> {
    match migrate::check_now(&data_dir)? {
        None => {
            say("the database is in order");
            Ok(())
        }
        Some(problem) => {
            Err(Error::Damaged(format!("{} (found: {problem})", migrate::way_back(&data_dir))))
        }
    }
}

fn describe() -> Result<(), Error> {
    let description = deskbell_core::api::openapi().to_pretty_json();
    say(&description.map_err(|error| Error::Internal(error.to_string()))?);
    Ok(())
}

fn describe_providers() -> Result<(), Error> {
    let all = serde_json::to_string_pretty(&deskbell_core::api::providers::descriptions());
    say(&all.map_err(|error| Error::Internal(error.to_string()))?);
    Ok(())
}

fn configured(place: &Place, data_dir: PathBuf) -> Config {
    let mut config = Config::new(data_dir);
    config.demo = !place.no_demo;
    config.keychain = !place.key_file;
    config
}

/// A name as browsers send it: no scheme, port or path.
fn host_name(typed: &str) -> Result<String, String> {
    let name = typed.trim();
    let fits = !name.is_empty()
        && name.len() <= 253
        && name.chars().all(|letter| letter.is_ascii_alphanumeric() || "-._".contains(letter));
    if fits {
        Ok(name.to_ascii_lowercase())
    } else {
        Err("give the name alone, such as desk.example.com".to_owned())
    }
}

/// The first line of standard input.
fn read_password() -> Result<SecretString, Error> {
    let stdin = std::io::stdin();
    if stdin.is_terminal() {
        eprint!("Password of the first administrator: ");
    }
    let mut line = String::new();
    stdin.lock().read_line(&mut line)?;
    Ok(line.trim_end_matches(['\r', '\n']).into())
}

/// Waits for Ctrl-C or, where there is one, SIGTERM.
async fn told_to_stop() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminate) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = tokio::signal::ctrl_c() => {}
                _ = terminate.recv() => {}
            }
            return;
        }
    }
    tokio::signal::ctrl_c().await.ok();
}

/// What went wrong, with every field that needs another look.
fn sentence(error: &Error) -> String {
    match error {
        Error::Invalid(fields) => {
            let fields = fields.iter().map(|field| format!("{}: {}", field.field, field.message));
            fields.collect::<Vec<_>>().join("\n")
        }
        other => other.to_string(),
    }
}

/// One line on standard output, at once: scripts wait for it.
fn say(line: &str) {
    let mut stdout = std::io::stdout();
    // Nobody reads any more: then nobody misses it.
    writeln!(stdout, "{line}").and_then(|()| stdout.flush()).ok();
}

fn complain(sentence: &str) -> ExitCode {
    eprintln!("deskbell-host: {sentence}");
    ExitCode::FAILURE
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_a_name_and_not_an_address() {
        for (typed, name) in [
            ("Desk.Example.com", Some("desk.example.com")),
            (" desk ", Some("desk")),
            ("https://desk.example.com", None),
            ("desk.example.com:443", None),
            ("desk.example.com/", None),
            ("", None),
        ] {
            assert_eq!(host_name(typed).ok().as_deref(), name, "{typed}");
        }
    }
}
