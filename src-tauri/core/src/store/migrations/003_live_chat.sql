-- Live chat: sites, their visitors, and what they do.

-- A site is written to at its domain. A CHECK cannot be changed, so the table is made anew; it is
-- named by others, which is why foreign keys are looked at afterwards and not on the way.
CREATE TABLE numbers_anew (
    id         TEXT PRIMARY KEY,
    channel_id TEXT NOT NULL REFERENCES channels (id) ON DELETE CASCADE,
    address    TEXT NOT NULL,
    kind       TEXT NOT NULL CHECK (kind IN ('e164', 'short_code', 'sender_id', 'website')),
    -- Destination of new sessions: exactly one of the two.
    user_id    TEXT REFERENCES users (id),
    queue_id   TEXT REFERENCES queues (id),
    created_at INTEGER NOT NULL,
    deleted_at INTEGER,
    CHECK ((user_id IS NULL) <> (queue_id IS NULL))
) STRICT;
INSERT INTO numbers_anew
    SELECT id, channel_id, address, kind, user_id, queue_id, created_at, deleted_at FROM numbers;
DROP TABLE numbers;
ALTER TABLE numbers_anew RENAME TO numbers;
CREATE UNIQUE INDEX numbers_by_address ON numbers (channel_id, address) WHERE deleted_at IS NULL;

-- Minutes of silence after which a session closes, where there were days.
ALTER TABLE channels ADD COLUMN auto_close_minutes INTEGER;
UPDATE channels SET auto_close_minutes = auto_close_days * 1440 WHERE auto_close_days IS NOT NULL;
ALTER TABLE channels DROP COLUMN auto_close_days;

-- What an administrator chose for a site, JSON.
CREATE TABLE chat_sites (
    channel_id TEXT PRIMARY KEY REFERENCES channels (id) ON DELETE CASCADE,
    settings   TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Logo and photo of a site: they stay for as long as it shows them.
CREATE TABLE chat_site_files (
    channel_id TEXT NOT NULL REFERENCES channels (id) ON DELETE CASCADE,
    file_id    TEXT NOT NULL REFERENCES files (id),
    PRIMARY KEY (channel_id, file_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX chat_site_files_by_file ON chat_site_files (file_id);

-- Browsers that have written at least once.
CREATE TABLE visitors (
    identity_id   TEXT PRIMARY KEY REFERENCES identities (id) ON DELETE CASCADE,
    channel_id    TEXT NOT NULL REFERENCES channels (id),
    -- SHA-256 of the channel and what the browser proves itself with.
    token_hash    BLOB NOT NULL UNIQUE,
    first_seen_at INTEGER NOT NULL,
    last_seen_at  INTEGER NOT NULL,
    -- What the browser says of itself.
    agent         TEXT NOT NULL,
    language      TEXT NOT NULL,
    time_zone     TEXT NOT NULL,
    referrer      TEXT NOT NULL,
    -- Answers to the form before the chat, JSON.
    form          TEXT NOT NULL DEFAULT '{}',
    consented_at  INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX visitors_by_channel ON visitors (channel_id);

-- The newest pages that they saw.
CREATE TABLE visitor_pages (
    identity_id TEXT NOT NULL REFERENCES visitors (identity_id) ON DELETE CASCADE,
    at          INTEGER NOT NULL,
    url         TEXT NOT NULL,
    title       TEXT NOT NULL
) STRICT;
CREATE INDEX visitor_pages_by_visitor ON visitor_pages (identity_id, at);

-- A visitor of whom nothing is known: in no list until something is.
ALTER TABLE contacts ADD COLUMN anonymous INTEGER NOT NULL DEFAULT 0;
DROP INDEX contacts_by_name;
DROP INDEX contacts_by_age;
DROP INDEX contacts_by_last_message;
CREATE INDEX contacts_by_name ON contacts (name_key, id, needle) WHERE anonymous = 0;
CREATE INDEX contacts_by_age ON contacts (created_at, id, needle) WHERE anonymous = 0;
CREATE INDEX contacts_by_last_message ON contacts (last_message_at, id, needle) WHERE anonymous = 0;
CREATE TRIGGER search_contact_known AFTER UPDATE OF anonymous ON contacts
WHEN old.anonymous <> new.anonymous BEGIN
    INSERT INTO search_changes (noun, key) VALUES ('contact', new.id);
END;

-- Chats of a site by when they began.
CREATE INDEX sessions_by_channel ON sessions (channel_id, opened_at);
-- The page of the website on which a visitor wrote last.
ALTER TABLE sessions ADD COLUMN page TEXT;
-- Which of the automatic messages it is: greeting, first, closing, missed.
ALTER TABLE messages ADD COLUMN auto TEXT;
-- Of a visitor who brought it: what their browser proves itself with, hashed as above.
ALTER TABLE files ADD COLUMN visitor_hash BLOB;
CREATE INDEX files_of_visitors ON files (created_at) WHERE visitor_hash IS NOT NULL;
-- What a user looks like, for colleagues and visitors.
ALTER TABLE users ADD COLUMN photo TEXT REFERENCES files (id);
CREATE INDEX users_by_photo ON users (photo) WHERE photo IS NOT NULL;
