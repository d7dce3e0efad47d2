-- The message of the same session that this one answers. Providers are not told.
ALTER TABLE messages ADD COLUMN reply_to TEXT;

-- Messages that a person wrote for later. At its time the row goes and an entry of the thread comes
-- in the same transaction, with the same id.
CREATE TABLE scheduled_messages (
    id              TEXT PRIMARY KEY,
    session_id      TEXT NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
    author_id       TEXT NOT NULL REFERENCES users (id),
    author_name     TEXT NOT NULL,
    body            TEXT NOT NULL,
    client_key      TEXT NOT NULL UNIQUE,
    reply_to        TEXT,
    send_at         INTEGER NOT NULL,
    -- It does not leave if the customer writes first: an entry of theirs after this place.
    unless_answered INTEGER NOT NULL DEFAULT 0,
    after_seq       INTEGER NOT NULL,
    created_at      INTEGER NOT NULL,
    updated_at      INTEGER NOT NULL
) STRICT;
CREATE INDEX scheduled_by_time ON scheduled_messages (send_at);
CREATE INDEX scheduled_by_session ON scheduled_messages (session_id, send_at);
CREATE INDEX scheduled_by_author ON scheduled_messages (author_id);
CREATE INDEX scheduled_unless_answered ON scheduled_messages (session_id) WHERE unless_answered = 1;

CREATE TABLE quick_replies (
    id         TEXT PRIMARY KEY,
    name       TEXT NOT NULL COLLATE NOCASE,
    shortcut   TEXT NOT NULL DEFAULT '' COLLATE NOCASE,
    folder     TEXT NOT NULL DEFAULT '',
    body       TEXT NOT NULL,
    visible    TEXT NOT NULL CHECK (visible IN ('me', 'team', 'queue')),
    user_id    TEXT REFERENCES users (id) ON DELETE CASCADE,
    queue_id   TEXT REFERENCES queues (id),
    -- What follows when a message made from it is sent.
    after      TEXT CHECK (after IN ('archive', 'end')),
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    CHECK ((visible = 'me') = (user_id IS NOT NULL)),
    CHECK ((visible = 'queue') = (queue_id IS NOT NULL))
) STRICT;
CREATE UNIQUE INDEX quick_replies_team_name ON quick_replies (name) WHERE visible = 'team';
CREATE UNIQUE INDEX quick_replies_my_name ON quick_replies (user_id, name) WHERE visible = 'me';
CREATE UNIQUE INDEX quick_replies_queue_name ON quick_replies (queue_id, name) WHERE visible = 'queue';
CREATE UNIQUE INDEX quick_replies_team_shortcut ON quick_replies (shortcut)
    WHERE visible = 'team' AND shortcut <> '';
CREATE UNIQUE INDEX quick_replies_my_shortcut ON quick_replies (user_id, shortcut)
    WHERE visible = 'me' AND shortcut <> '';
CREATE UNIQUE INDEX quick_replies_queue_shortcut ON quick_replies (queue_id, shortcut)
    WHERE visible = 'queue' AND shortcut <> '';

-- Its words in other languages.
CREATE TABLE quick_reply_bodies (
    reply_id TEXT NOT NULL REFERENCES quick_replies (id) ON DELETE CASCADE,
    language TEXT NOT NULL COLLATE NOCASE,
    body     TEXT NOT NULL,
    PRIMARY KEY (reply_id, language)
) STRICT, WITHOUT ROWID;

-- A file stays for as long as a reply has it.
CREATE TABLE quick_reply_files (
    reply_id TEXT NOT NULL REFERENCES quick_replies (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    file_id  TEXT NOT NULL REFERENCES files (id),
    PRIMARY KEY (reply_id, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX quick_reply_files_by_file ON quick_reply_files (file_id);

-- Channels it is for; none: all.
CREATE TABLE quick_reply_channels (
    reply_id   TEXT NOT NULL REFERENCES quick_replies (id) ON DELETE CASCADE,
    channel_id TEXT NOT NULL REFERENCES channels (id) ON DELETE CASCADE,
    PRIMARY KEY (reply_id, channel_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX quick_reply_channels_by_channel ON quick_reply_channels (channel_id);

CREATE TABLE quick_reply_uses (
    user_id  TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    reply_id TEXT NOT NULL REFERENCES quick_replies (id) ON DELETE CASCADE,
    uses     INTEGER NOT NULL,
    used_at  INTEGER NOT NULL,
    PRIMARY KEY (user_id, reply_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX quick_reply_uses_by_reply ON quick_reply_uses (reply_id);
