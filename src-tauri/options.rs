//! The command line of the window. Pure: arguments and environment come in, a wish comes out.

use std::ffi::OsString;
use std::net::SocketAddr;
use std::path::PathBuf;

/// What `--help` prints.
const HELP: &str = "\
Deskbell gathers your customers' messages in one window.

Usage: deskbell [options]

  --data-dir DIR             where everything is kept (also DESKBELL_DATA_DIR)
  --workspace-listen ADDR    address for your team's browsers, for example 127.0.0.1:8788
  --lan-listen ADDR          address for the office network, used while Settings lets it in
  --public-listen ADDR       address for webhooks and media, for example 127.0.0.1:8790
  --hidden                   start in the tray
  --version                  print the version
  --help                     print this";

/// What the command line asks for.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Wish {
    /// Open the window.
    Run(Options),
    /// Print this and leave.
    Say(String),
}

/// How to open the window.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Options {
    /// Where everything is kept; `None`: the platform's place.
    pub(crate) data_dir: Option<PathBuf>,
    /// Address of the workspace listener; `None`: a free loopback port.
    pub(crate) workspace_listen: Option<SocketAddr>,
    /// Address for the office network; `None`: the usual port on every interface.
    pub(crate) lan_listen: Option<SocketAddr>,
    /// Address of the public listener; `None`: the usual loopback port or the next free one.
    pub(crate) public_listen: Option<SocketAddr>,
    /// Whether the window waits in the tray.
    pub(crate) hidden: bool,
}

/// Reads the arguments (without the program's name); `data_dir_variable` is used where
/// `--data-dir` is not given. The error is a sentence for the person at the terminal.
pub(crate) fn parse(
    arguments: impl Iterator<Item = OsString>,
    data_dir_variable: Option<OsString>,
) -> Result<Wish, String> {
    let mut options = Options {
        data_dir: data_dir_variable.filter(|dir| !dir.is_empty()).map(PathBuf::from),
        ..Options::default()
    };
    let mut arguments = arguments;
    while let Some(argument) = arguments.next() {
        let (name, attached) = split(argument)?;
        let mut value =
            || attached.clone().or_else(|| arguments.next()).ok_or(format!("{name} needs a value"));
        match name.as_str() {
            "--data-dir" => options.data_dir = Some(PathBuf::from(value()?)),
            "--workspace-listen" => options.workspace_listen = Some(address(&name, value()?)?),
            "--lan-listen" => options.lan_listen = Some(address(&name, value()?)?),
            "--public-listen" => options.public_listen = Some(address(&name, value()?)?),
            "--hidden" => options.hidden = true,
            "--help" | "-h" => return Ok(Wish::Say(HELP.to_owned())),
            "--version" | "-V" => {
                return Ok(Wish::Say(format!("deskbell {}", env!("CARGO_PKG_VERSION"))));
            }
            // Finder adds its own argument at the first start.
            other if other.starts_with("-psn_") => {}
            other => {
                return Err(format!("Deskbell does not know {other}; deskbell --help shows all"));
            }
        }
    }
    Ok(Wish::Run(options))
}

/// `--name=value` in two, any other argument as it is.
fn split(argument: OsString) -> Result<(String, Option<OsString>), String> {
    let argument = argument
        .into_string()
        .map_err(|raw| format!("{} is not readable as text", raw.to_string_lossy()))?;
    Ok(match argument.split_once('=') {
        Some((name, value)) if name.starts_with("--") => {
            (name.to_owned(), Some(OsString::from(value)))
        }
        _ => (argument, None),
    })
}

fn address(name: &str, value: OsString) -> Result<SocketAddr, String> {
    value.to_str().and_then(|text| text.parse().ok()).ok_or_else(|| {
        let value = value.to_string_lossy();
        format!("{name} wants an address and a port such as 127.0.0.1:8788, not {value}")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse_all(arguments: &[&str], variable: Option<&str>) -> Result<Wish, String> {
        parse(arguments.iter().map(OsString::from), variable.map(OsString::from))
    }

    #[test]
    fn no_arguments_open_the_window_at_the_usual_place() {
        assert_eq!(parse_all(&[], None), Ok(Wish::Run(Options::default())));
    }

    #[test]
    fn the_argument_wins_over_the_variable() {
        let dir = |wish| match wish {
            Ok(Wish::Run(options)) => options.data_dir,
            other => panic!("{other:?}"),
        };
        assert_eq!(dir(parse_all(&[], Some("/a"))), Some(PathBuf::from("/a")));
        assert_eq!(dir(parse_all(&["--data-dir", "/b"], Some("/a"))), Some(PathBuf::from("/b")));
        assert_eq!(dir(parse_all(&["--data-dir=/c"], Some("/a"))), Some(PathBuf::from("/c")));
        assert_eq!(dir(parse_all(&[], Some(""))), None);
    }

    #[test]
    fn addresses_are_read_and_wrong_ones_explained() {
        let wish =
            parse_all(&["--workspace-listen=127.0.0.1:1", "--public-listen", "[::1]:2"], None);
        let Ok(Wish::Run(options)) = wish else { panic!("{wish:?}") };
        assert_eq!(options.workspace_listen, Some(([127, 0, 0, 1], 1).into()));
        assert_eq!(options.public_listen.map(|address| address.port()), Some(2));
        let error = parse_all(&["--public-listen", "8790"], None).unwrap_err();
        assert!(error.contains("127.0.0.1:8788, not 8790"), "{error}");
    }

    #[test]
    fn what_it_does_not_know_is_said() {
        assert!(parse_all(&["--colour"], None).unwrap_err().contains("--help"));
        assert!(parse_all(&["--data-dir"], None).unwrap_err().contains("needs a value"));
        assert!(matches!(parse_all(&["--help"], None), Ok(Wish::Say(text)) if text == HELP));
    }
}
