//! A running desk in a folder of its own.

use std::path::Path;
use std::sync::{Arc, RwLock};

use deskbell_core::config::loopback;
use deskbell_core::{App, Config};
use deskbell_simulator::Simulator;
use reqwest::Client;
use serde_json::json;
use tempfile::TempDir;

use super::agent::Place;
use super::{Agent, Answer};

/// Everybody's password.
pub(crate) const PASSWORD: &str = "correct horse battery";
/// The public address that providers know; what comes to it is delivered to the listener.
pub(crate) const PUBLIC: &str = "https://desk.example.com";

/// A desk, its first administrator and the provider it talks to.
pub(crate) struct Desk {
    app: Option<App>,
    place: Place,
    pub(crate) folder: TempDir,
    pub(crate) simulator: Simulator,
    pub(crate) http: Client,
    pub(crate) admin: Agent,
}

/// How the tests start a desk in this folder.
pub(crate) fn config(folder: &Path) -> Config {
    Config {
        data_dir: folder.to_owned(),
        workspace_listen: loopback(0),
        workspace_names: Vec::new(),
        lan_listen: loopback(0),
        public_listen: loopback(0),
        demo: false,
        keychain: false,
        media_private_hosts: false,
    }
}

/// A client without proxy, redirects or TLS.
pub(crate) fn client() -> Client {
    deskbell_simulator::webhook::client().unwrap()
}

impl Desk {
    /// A new desk with an administrator, a public address and a simulated provider; no demo.
    pub(crate) async fn start() -> Self {
        Self::start_as(|_| {}).await
    }

    /// The same with another configuration.
    pub(crate) async fn start_as(change: impl FnOnce(&mut Config)) -> Self {
        let http = client();
        let folder = tempfile::tempdir().unwrap();
        let simulator = Simulator::start(loopback(0)).await.unwrap();
        let mut config = config(folder.path());
        change(&mut config);
        let app = App::start(config).await.unwrap();
        simulator.set_callback_to(app.public_addr());
        let place: Place = Arc::new(RwLock::new(app.workspace_addr().to_string()));
        let setup = json!({
            "business_name": "Corner Bakery", "name": "Ada", "login": "ada", "password": PASSWORD,
            "country": "US", "device_name": "Tests",
        });
        let url = format!("http://{}/api/v1/desk/setup", app.workspace_addr());
        let answer = Answer::of(http.post(url).json(&setup).send().await.unwrap()).await;
        let admin = Agent::of(&answer.ok(), &place, &http);
        admin.patch("/settings", json!({ "public_url": PUBLIC })).await;
        Self { app: Some(app), place, folder, simulator, http, admin }
    }

    /// Stops the desk and starts it again in the same folder; who was signed in still is.
    pub(crate) async fn restart(&mut self) {
        self.stop().await;
        self.restart_stopped().await;
    }

    /// Starts the desk that was stopped in its folder again.
    pub(crate) async fn restart_stopped(&mut self) {
        self.started(App::start(config(self.folder.path())).await.unwrap());
    }

    /// The desk was started again, as this.
    pub(crate) fn started(&mut self, app: App) {
        *self.place.write().unwrap() = app.workspace_addr().to_string();
        self.simulator.set_callback_to(app.public_addr());
        self.app = Some(app);
    }

    /// Stops the desk; its folder stays.
    pub(crate) async fn stop(&mut self) {
        self.app.take().unwrap().stop().await;
    }

    pub(crate) fn app(&self) -> &App {
        self.app.as_ref().unwrap()
    }

    /// `http://127.0.0.1:PORT` of the workspace.
    pub(crate) fn workspace(&self) -> String {
        format!("http://{}", self.app().workspace_addr())
    }

    /// `http://127.0.0.1:PORT` of what the internet reaches.
    pub(crate) fn public(&self) -> String {
        format!("http://{}", self.app().public_addr())
    }

    /// The local place of a public address.
    pub(crate) fn local(&self, public: &str) -> String {
        public.replacen(PUBLIC, &self.public(), 1)
    }

    /// Adds a user to these queues and signs them in.
    pub(crate) async fn user(&self, name: &str, role: &str, queues: &[&str]) -> Agent {
        let login = name.to_lowercase();
        let user = json!({
            "login": login, "name": name, "role": role, "password": PASSWORD, "queues": queues,
        });
        self.admin.post("/users", user).await;
        self.sign_in(&login).await
    }

    pub(crate) async fn agent(&self, name: &str, queues: &[&str]) -> Agent {
        self.user(name, "agent", queues).await
    }

    pub(crate) async fn supervisor(&self, name: &str) -> Agent {
        self.user(name, "supervisor", &[]).await
    }

    pub(crate) async fn sign_in(&self, login: &str) -> Agent {
        let answer = self.try_sign_in(login, PASSWORD).await;
        Agent::of(&answer.ok(), &self.place, &self.http)
    }

    pub(crate) async fn try_sign_in(&self, login: &str, password: &str) -> Answer {
        sign_in(&self.http, &self.workspace(), login, password).await
    }

    /// Somebody with this token, who may be nobody.
    pub(crate) fn holder_of(&self, token: &str) -> Agent {
        Agent { token: token.to_owned(), ..self.admin.clone() }
    }

    /// Adds a queue; gives its id.
    pub(crate) async fn queue(&self, name: &str, mode: &str) -> String {
        let queue = json!({ "name": name, "mode": mode, "agents": [] });
        self.admin.post("/queues", queue).await["id"].as_str().unwrap().to_owned()
    }
}

/// Signs in at the desk with this address.
pub(crate) async fn sign_in(http: &Client, at: &str, login: &str, password: &str) -> Answer {
    let body = json!({ "login": login, "password": password });
    let request = http.post(format!("{at}/api/v1/sign-in")).json(&body);
    Answer::of(request.send().await.unwrap()).await
}
