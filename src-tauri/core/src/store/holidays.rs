//! Holidays: days that are not like others.

use jiff::civil::Date;
use rusqlite::{Connection, OptionalExtension, Row, params};

use super::Tx;
use crate::error::{Error, Result};
use crate::model::{Holiday, HolidayId, NewHoliday, Time};

const COLUMNS: &str = "SELECT id, name, first_day, last_day, yearly, intervals FROM holidays";

/// A row before its days and parts are read.
struct Kept {
    id: HolidayId,
    name: String,
    from: String,
    to: String,
    yearly: bool,
    intervals: String,
}

fn kept(row: &Row<'_>) -> rusqlite::Result<Kept> {
    Ok(Kept {
        id: row.get(0)?,
        name: row.get(1)?,
        from: row.get(2)?,
        to: row.get(3)?,
        yearly: row.get(4)?,
        intervals: row.get(5)?,
    })
}

fn whole(kept: Kept) -> Result<Holiday> {
    let day = |text: &str| -> Result<Date> {
        text.parse().map_err(|_| Error::Internal(format!("“{text}” is no day")))
    };
    let intervals = serde_json::from_str(&kept.intervals)
        .map_err(|error| Error::Internal(error.to_string()))?;
    Ok(Holiday {
        id: kept.id,
        name: kept.name,
        from: day(&kept.from)?,
        to: day(&kept.to)?,
        yearly: kept.yearly,
        intervals,
    })
}

/// All holidays by their first day.
pub fn list(c: &Connection) -> Result<Vec<Holiday>> {
    let mut statement = c.prepare_cached(&format!("{COLUMNS} ORDER BY first_day, last_day, id"))?;
    let rows: Vec<Kept> = statement.query_map([], kept)?.collect::<rusqlite::Result<_>>()?;
    rows.into_iter().map(whole).collect()
}

/// One holiday; refused when there is none.
pub fn get(c: &Connection, id: HolidayId) -> Result<Holiday> {
    let mut statement = c.prepare_cached(&format!("{COLUMNS} WHERE id = ?1"))?;
    let found = statement.query_row([id], kept).optional()?;
    whole(found.ok_or(Error::NotFound("holiday"))?)
}

/// How many there are.
pub fn count(c: &Connection) -> Result<usize> {
    let mut statement = c.prepare_cached("SELECT count(*) FROM holidays")?;
    let count: i64 = statement.query_row([], |row| row.get(0))?;
    Ok(usize::try_from(count).unwrap_or(usize::MAX))
}

fn intervals(holiday: &NewHoliday) -> Result<String> {
    serde_json::to_string(&holiday.intervals).map_err(|error| Error::Internal(error.to_string()))
}

/// Adds a holiday.
pub fn insert(tx: &Tx<'_>, new: &NewHoliday, now: Time) -> Result<HolidayId> {
    let id = HolidayId::new();
    tx.prepare_cached(
        "INSERT INTO holidays (id, name, first_day, last_day, yearly, intervals, created_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    )?
    .execute(params![
        id,
        new.name,
        new.from.to_string(),
        new.to.to_string(),
        new.yearly,
        intervals(new)?,
        now
    ])?;
    Ok(id)
}

/// Changes a holiday.
pub fn change(tx: &Tx<'_>, id: HolidayId, new: &NewHoliday) -> Result<()> {
    tx.prepare_cached(
        "UPDATE holidays SET name = ?2, first_day = ?3, last_day = ?4, yearly = ?5, intervals = ?6
         WHERE id = ?1",
    )?
    .execute(params![
        id,
        new.name,
        new.from.to_string(),
        new.to.to_string(),
        new.yearly,
        intervals(new)?
    ])?;
    Ok(())
}

/// Deletes a holiday; `false`: there was none.
pub fn delete(tx: &Tx<'_>, id: HolidayId) -> Result<bool> {
    Ok(tx.prepare_cached("DELETE FROM holidays WHERE id = ?1")?.execute([id])? > 0)
}
