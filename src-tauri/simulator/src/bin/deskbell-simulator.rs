//! Runs the simulator until Ctrl-C: each provider under `/{id}`, Twilio at the root too, `/control`.

use std::net::SocketAddr;

use clap::Parser;
use deskbell_simulator::Simulator;

/// Plays message providers on this computer.
#[derive(Parser)]
#[command(version)]
struct Options {
    /// Address and port to listen on; port 0 takes a free one.
    #[arg(long, default_value = "127.0.0.1:0")]
    listen: SocketAddr,
    /// Listener that gets status callbacks, whatever host their URL names.
    #[arg(long)]
    callback_to: Option<SocketAddr>,
}

#[tokio::main]
#[expect(clippy::print_stdout, reason = "whoever starts it reads the address from here")]
async fn main() -> anyhow::Result<()> {
    let options = Options::parse();
    let simulator = Simulator::start(options.listen).await?;
    if let Some(listener) = options.callback_to {
        simulator.set_callback_to(listener);
    }
    println!("listening on {}", simulator.base_url());
    tokio::signal::ctrl_c().await?;
    Ok(())
}
