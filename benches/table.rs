//! A table of figures: printed for people, kept as JSON for comparing.

use std::fmt;
use std::path::Path;

use anyhow::Result;
use serde_json::json;

/// What a figure should be.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Aim {
    /// Nothing is asked of it.
    None,
    /// Less than this.
    Below(f64),
    /// More than this.
    Above(f64),
}

struct Figure {
    name: String,
    value: f64,
    unit: &'static str,
    aim: Aim,
}

/// The figures of one measurement.
pub(crate) struct Table {
    name: &'static str,
    figures: Vec<Figure>,
    notes: Vec<String>,
    /// How busy the computer was with other things when the measurement began.
    busy: Option<f64>,
}

impl Table {
    /// None yet.
    pub(crate) fn new(name: &'static str) -> Self {
        Self { name, figures: Vec::new(), notes: Vec::new(), busy: load_average() }
    }

    /// Adds a figure.
    pub(crate) fn add(
        &mut self,
        name: impl Into<String>,
        value: f64,
        unit: &'static str,
        aim: Aim,
    ) {
        self.figures.push(Figure { name: name.into(), value, unit, aim });
    }

    /// Adds what one has to know to read the figures.
    pub(crate) fn note(&mut self, note: impl Into<String>) {
        self.notes.push(note.into());
    }

    /// Writes it as JSON.
    pub(crate) fn keep(&self, folder: &Path) -> Result<()> {
        let figures: Vec<_> = self
            .figures
            .iter()
            .map(|figure| {
                let (below, above) = match figure.aim {
                    Aim::None => (None, None),
                    Aim::Below(most) => (Some(most), None),
                    Aim::Above(least) => (None, Some(least)),
                };
                json!({ "name": figure.name, "value": figure.value, "unit": figure.unit,
                    "aim_below": below, "aim_above": above, "met": figure.met() })
            })
            .collect();
        let text = json!({ "measurement": self.name, "at": deskbell_core::clock::now(),
            "version": env!("CARGO_PKG_VERSION"), "processors": processors(),
            "load_average_before": self.busy, "figures": figures, "notes": self.notes });
        let path = folder.join(format!("{}.json", self.name));
        std::fs::write(path, serde_json::to_vec_pretty(&text)?)?;
        Ok(())
    }
}

/// Programs that wanted a processor in the last minute. Linux tells.
fn load_average() -> Option<f64> {
    std::fs::read_to_string("/proc/loadavg").ok()?.split(' ').next()?.parse().ok()
}

fn processors() -> usize {
    std::thread::available_parallelism().map_or(1, std::num::NonZeroUsize::get)
}

impl Figure {
    fn met(&self) -> Option<bool> {
        match self.aim {
            Aim::None => None,
            Aim::Below(most) => Some(self.value < most),
            Aim::Above(least) => Some(self.value > least),
        }
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let busy = self.busy.map_or_else(String::new, |busy| format!(", load average {busy}"));
        writeln!(f, "\n{} ({} processors{busy})", self.name, processors())?;
        for figure in &self.figures {
            let Figure { name, value, unit, aim } = figure;
            let digits = if *value >= 100.0 { 0 } else { 2 };
            write!(f, "  {name:<48}{value:>10.digits$} {unit:<6}")?;
            let met = if figure.met() == Some(true) { "met" } else { "MISSED" };
            match aim {
                Aim::None => writeln!(f)?,
                Aim::Below(most) => writeln!(f, "aim < {most:.0} {unit}: {met}")?,
                Aim::Above(least) => writeln!(f, "aim > {least} {unit}: {met}")?,
            }
        }
        for note in &self.notes {
            writeln!(f, "  {note}")?;
        }
        Ok(())
    }
}
