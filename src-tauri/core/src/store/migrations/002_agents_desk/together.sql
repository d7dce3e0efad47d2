-- Colleagues named in notes. Who was named may read the session and write notes from then on; one
-- row for each person and session, with the newest note that names them.
CREATE TABLE mentions (
    user_id    TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    session_id TEXT NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
    -- Place of that note: what was seen up to there is no news any more.
    seq        INTEGER NOT NULL,
    by_id      TEXT NOT NULL,
    by_name    TEXT NOT NULL,
    at         INTEGER NOT NULL,
    PRIMARY KEY (user_id, session_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX mentions_by_session ON mentions (session_id);
CREATE INDEX mentions_by_time ON mentions (user_id, at);

-- For notes: who is named in it, JSON.
ALTER TABLE messages ADD COLUMN mentions TEXT;

-- What was begun in a composer: an answer and a note for each person and session, the same on all
-- their devices.
CREATE TABLE drafts (
    user_id    TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    session_id TEXT NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
    -- Grows with every change, so that a device knows whether it continues what is kept.
    version    INTEGER NOT NULL,
    text       TEXT NOT NULL,
    note       INTEGER NOT NULL,
    reply_to   TEXT,
    mentions   TEXT NOT NULL DEFAULT '[]',
    at         INTEGER NOT NULL,
    PRIMARY KEY (user_id, session_id, note)
) STRICT, WITHOUT ROWID;
CREATE INDEX drafts_by_session ON drafts (session_id);

CREATE TABLE draft_files (
    user_id    TEXT NOT NULL,
    session_id TEXT NOT NULL,
    note       INTEGER NOT NULL,
    position   INTEGER NOT NULL,
    file_id    TEXT NOT NULL REFERENCES files (id) ON DELETE CASCADE,
    PRIMARY KEY (user_id, session_id, note, position),
    FOREIGN KEY (user_id, session_id, note)
        REFERENCES drafts (user_id, session_id, note) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX draft_files_by_file ON draft_files (file_id);
