-- Files of contacts that were brought in, and what taking them back out needs.

CREATE TABLE contact_imports (
    id         TEXT PRIMARY KEY,
    by_id      TEXT NOT NULL REFERENCES users (id),
    by_name    TEXT NOT NULL,
    file_name  TEXT NOT NULL,
    state      TEXT NOT NULL CHECK (state IN ('running', 'done', 'undoing', 'undone')),
    started_at INTEGER NOT NULL,
    ended_at   INTEGER,
    total      INTEGER NOT NULL,
    done       INTEGER NOT NULL DEFAULT 0,
    added      INTEGER NOT NULL DEFAULT 0,
    changed    INTEGER NOT NULL DEFAULT 0,
    unchanged  INTEGER NOT NULL DEFAULT 0,
    skipped    INTEGER NOT NULL DEFAULT 0,
    removed    INTEGER NOT NULL DEFAULT 0,
    restored   INTEGER NOT NULL DEFAULT 0,
    kept       INTEGER NOT NULL DEFAULT 0,
    -- Labels and custom fields that it made, JSON.
    made       TEXT NOT NULL DEFAULT '{}'
) STRICT;
CREATE INDEX contact_imports_by_age ON contact_imports (started_at);

CREATE TABLE contact_import_rows (
    import_id  TEXT NOT NULL REFERENCES contact_imports (id) ON DELETE CASCADE,
    contact_id TEXT NOT NULL REFERENCES contacts (id) ON DELETE CASCADE,
    -- What the contact was before, JSON; NULL: it was not there.
    before     TEXT,
    -- A digest of what it was afterwards: nobody changed it since while it is the same.
    after      TEXT NOT NULL,
    PRIMARY KEY (import_id, contact_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX contact_import_rows_by_contact ON contact_import_rows (contact_id);
