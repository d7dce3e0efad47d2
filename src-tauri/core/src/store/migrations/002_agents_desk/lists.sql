-- Labels, saved views, and what they are put on.
CREATE TABLE labels (
    id         TEXT PRIMARY KEY,
    name       TEXT NOT NULL,
    -- The name in small letters: two labels never differ by case alone.
    folded     TEXT NOT NULL UNIQUE,
    colour     TEXT NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE session_labels (
    session_id TEXT NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
    label_id   TEXT NOT NULL REFERENCES labels (id) ON DELETE CASCADE,
    PRIMARY KEY (session_id, label_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX session_labels_by_label ON session_labels (label_id);

CREATE TABLE contact_labels (
    contact_id TEXT NOT NULL REFERENCES contacts (id) ON DELETE CASCADE,
    label_id   TEXT NOT NULL REFERENCES labels (id) ON DELETE CASCADE,
    PRIMARY KEY (contact_id, label_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX contact_labels_by_label ON contact_labels (label_id);

-- A list that somebody named: a folder, what it is narrowed to (JSON), and its order.
CREATE TABLE views (
    id         TEXT PRIMARY KEY,
    name       TEXT NOT NULL,
    maker_id   TEXT NOT NULL REFERENCES users (id),
    shared     INTEGER NOT NULL DEFAULT 0,
    folder     TEXT NOT NULL,
    filter     TEXT NOT NULL DEFAULT '{}',
    sort       TEXT,
    created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX views_by_maker ON views (maker_id);
CREATE INDEX views_shared ON views (created_at) WHERE shared = 1;

-- Everyone orders the views that they see for themselves.
CREATE TABLE view_places (
    user_id  TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    view_id  TEXT NOT NULL REFERENCES views (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    PRIMARY KEY (user_id, view_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX view_places_by_view ON view_places (view_id);

-- The bulk send that a session comes from.
ALTER TABLE sessions ADD COLUMN campaign_id TEXT;
CREATE INDEX sessions_campaign ON sessions (campaign_id)
    WHERE status = 'open' AND campaign_id IS NOT NULL;
-- Whether a message of it ever had a file.
ALTER TABLE sessions ADD COLUMN has_file INTEGER NOT NULL DEFAULT 0;
UPDATE sessions SET has_file = 1 WHERE id IN (
    SELECT m.session_id FROM message_files f JOIN messages m ON m.id = f.message_id
);
-- What ended is looked for by supervisors; the lists of every day hold what is open.
CREATE INDEX sessions_closed ON sessions (last_message_at) WHERE status = 'closed';

-- The timeline of a session is read without looking through its messages.
CREATE INDEX messages_notes ON messages (session_id, seq) WHERE kind = 'note';
