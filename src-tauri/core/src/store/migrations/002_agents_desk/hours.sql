-- Office hours, holidays, and where people say they are.

-- The hours of a channel where they differ from the business's, and its answer while it is closed.
CREATE TABLE channel_hours (
    channel_id  TEXT PRIMARY KEY REFERENCES channels (id) ON DELETE CASCADE,
    mode        TEXT NOT NULL CHECK (mode IN ('always', 'weekly', 'business')),
    -- The week, Monday first, JSON.
    days        TEXT NOT NULL,
    closed_text TEXT
) STRICT, WITHOUT ROWID;

CREATE TABLE holidays (
    id         TEXT PRIMARY KEY,
    name       TEXT NOT NULL,
    -- First and last day, YYYY-MM-DD, in the zone of the business.
    first_day  TEXT NOT NULL,
    last_day   TEXT NOT NULL,
    yearly     INTEGER NOT NULL DEFAULT 0,
    -- What is open on these days all the same, JSON.
    intervals  TEXT NOT NULL DEFAULT '[]',
    created_at INTEGER NOT NULL
) STRICT;

-- When a session last got the answer of a closed channel: once for each closed time.
CREATE TABLE closed_answers (
    session_id TEXT PRIMARY KEY REFERENCES sessions (id) ON DELETE CASCADE,
    at         INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Until when somebody's presence holds, since when, and who set it if it was not they themselves.
ALTER TABLE users ADD COLUMN presence_until INTEGER;
ALTER TABLE users ADD COLUMN presence_since INTEGER NOT NULL DEFAULT 0;
ALTER TABLE users ADD COLUMN presence_by TEXT;
-- Away because they touched nothing: the first touch brings them back.
ALTER TABLE users ADD COLUMN presence_idle INTEGER NOT NULL DEFAULT 0;
-- After so many minutes without a touch they are away by themselves; NULL: never.
ALTER TABLE users ADD COLUMN away_after INTEGER;
ALTER TABLE users ADD COLUMN active_at INTEGER NOT NULL DEFAULT 0;
CREATE INDEX users_by_presence_end ON users (presence_until) WHERE presence_until IS NOT NULL;
CREATE INDEX users_by_touch ON users (active_at) WHERE away_after IS NOT NULL;

-- Every change of a presence, for the record.
CREATE TABLE presence_changes (
    user_id  TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    at       INTEGER NOT NULL,
    presence TEXT NOT NULL,
    until    INTEGER,
    -- Who; NULL: the desk itself, because time passed or nobody touched anything.
    set_by   TEXT
) STRICT;
CREATE INDEX presence_changes_by_user ON presence_changes (user_id, at);
CREATE INDEX presence_changes_by_time ON presence_changes (at);
