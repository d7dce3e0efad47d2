//! Puts the desktop together: plugins, window, tray, and an orderly end. The pieces know their
//! own business; this file only knows who comes after whom.

use std::path::PathBuf;

use anyhow::{Context as _, anyhow};
use deskbell_core::Config;
use tauri::{App, AppHandle, Manager as _, RunEvent, WindowEvent};
use tauri_plugin_window_state::StateFlags;

use crate::desk::Desk;
use crate::options::Options;
use crate::{commands, joining, tray, trouble, window};

/// Opens the window and returns when the desk is closed.
pub(crate) fn run(options: Options) -> anyhow::Result<()> {
    let own_place = options.data_dir.is_some();
    let data_dir = match &options.data_dir {
        Some(dir) => std::path::absolute(dir)?,
        None => Config::platform_data_dir()
            .ok_or_else(|| anyhow!("this system names no data folder: start with --data-dir"))?,
    };
    std::fs::create_dir_all(&data_dir)
        .with_context(|| format!("{} could not be made", data_dir.display()))?;
    let mut builder = tauri::Builder::default();
    if !own_place {
        // First of all plugins: a second start must end before anything is touched. With a data
        // folder of its own a second start is wanted; the core guards the folder.
        builder = builder.plugin(tauri_plugin_single_instance::init(|app, _args, _dir| {
            window::show(app);
        }));
    }
    let states = tauri_plugin_window_state::Builder::new()
        .with_filename(data_dir.join("window.json").to_string_lossy())
        .with_state_flags(StateFlags::all() & !StateFlags::VISIBLE)
        .with_denylist(&[trouble::LABEL]);
    builder
        .plugin(states.build())
        .plugin(tauri_plugin_opener::Builder::new().open_js_links_on_click(false).build())
        .plugin(tauri_plugin_autostart::Builder::new().arg("--hidden").build())
        .register_uri_scheme_protocol(trouble::SCHEME, |context, _request| {
            trouble::page(context.app_handle())
        })
        .invoke_handler(tauri::generate_handler![
            commands::host,
            commands::join,
            commands::notify,
            commands::set_unread,
            commands::autostart,
            commands::set_autostart,
            commands::open_log_folder,
            commands::open_external,
        ])
        .setup(move |app| Ok(set_up(app, &options, data_dir)?))
        .build(tauri::generate_context!())?
        .run(on_event);
    Ok(())
}

/// Runs in the first instance only.
fn set_up(app: &mut App, options: &Options, data_dir: PathBuf) -> tauri::Result<()> {
    app.manage(deskbell_core::logging::init_logs(&data_dir));
    let mut config = Config::new(data_dir.clone());
    config.workspace_listen = options.workspace_listen.unwrap_or(config.workspace_listen);
    config.lan_listen = options.lan_listen.unwrap_or(config.lan_listen);
    config.public_listen = options.public_listen.unwrap_or(config.public_listen);
    app.manage(Desk::new(data_dir.clone(), joining::load(&data_dir)));
    let handle = app.handle().clone();
    // Before anything can be seen: who tells the program to stop finds it listening.
    let stop = tauri::async_runtime::block_on(async { Stop::listen() });
    window::open(&handle, !options.hidden)?;
    let hidden = options.hidden;
    let for_tray = handle.clone();
    tauri::async_runtime::spawn(async move {
        let found = tray::put_up(for_tray.clone()).await;
        if hidden && !found {
            window::show(&for_tray);
        }
    });
    let for_signals = handle.clone();
    tauri::async_runtime::spawn(async move {
        stop.told().await;
        for_signals.exit(0);
    });
    tauri::async_runtime::spawn(async move {
        if let Err(sentence) = handle.state::<Desk>().start(config).await {
            trouble::show(&handle, &sentence, &data_dir);
        }
    });
    Ok(())
}

fn on_event(app: &AppHandle, event: RunEvent) {
    match event {
        RunEvent::WindowEvent { label, event: WindowEvent::CloseRequested { api, .. }, .. }
            if label == window::MAIN =>
        {
            api.prevent_close();
            tauri::async_runtime::spawn(close_or_hide(app.clone()));
        }
        RunEvent::ExitRequested { api, code, .. } if !app.state::<Desk>().is_closed() => {
            api.prevent_exit();
            let app = app.clone();
            tauri::async_runtime::spawn(async move {
                app.state::<Desk>().stop().await;
                app.exit(code.unwrap_or_default());
            });
        }
        #[cfg(target_os = "macos")]
        RunEvent::Reopen { .. } => window::show(app),
        _ => {}
    }
}

/// Closing keeps the bell ringing as long as there is a tray to come back from.
async fn close_or_hide(app: AppHandle) {
    let Some(main) = app.get_webview_window(window::MAIN) else { return };
    let hidden = tray::keeps_the_window(&app).await && main.hide().is_ok();
    if !hidden {
        // Out of sight at once, while what is being sent is finished.
        let _ = main.hide();
        app.exit(0);
    }
}

/// The system's word that the program is to end.
#[cfg(unix)]
struct Stop(std::io::Result<[tokio::signal::unix::Signal; 2]>);

#[cfg(unix)]
impl Stop {
    /// From now on it is heard. Needs the runtime around it.
    fn listen() -> Self {
        use tokio::signal::unix::{SignalKind, signal};

        let both = || Ok([signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?]);
        Self(both())
    }

    async fn told(self) {
        match self.0 {
            Ok([mut terminate, mut interrupt]) => tokio::select! {
                _ = terminate.recv() => {}
                _ = interrupt.recv() => {}
            },
            Err(error) => {
                tracing::warn!(%error, "the system's signals are not heard");
                std::future::pending::<()>().await;
            }
        }
    }
}

/// The system's word that the program is to end.
#[cfg(not(unix))]
struct Stop;

#[cfg(not(unix))]
impl Stop {
    fn listen() -> Self {
        Self
    }

    async fn told(self) {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    }
}
