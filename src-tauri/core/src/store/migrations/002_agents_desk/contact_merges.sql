-- Contacts that became part of another: where an old id leads, and how the two are taken apart.

CREATE TABLE contact_merges (
    id          TEXT PRIMARY KEY,
    -- Who stayed.
    kept_id     TEXT NOT NULL,
    -- Who became part of them; has no row while the merge stands.
    merged_id   TEXT NOT NULL,
    -- What the second was called.
    merged_name TEXT NOT NULL,
    at          INTEGER NOT NULL,
    by_id       TEXT NOT NULL REFERENCES users (id),
    by_name     TEXT NOT NULL,
    -- What the two were before, JSON; NULL: they cannot be taken apart any more.
    before      TEXT,
    undone_at   INTEGER,
    undone_by   TEXT REFERENCES users (id),
    undone_name TEXT
) STRICT;
CREATE UNIQUE INDEX contact_merges_standing ON contact_merges (merged_id) WHERE undone_at IS NULL;
CREATE INDEX contact_merges_by_kept ON contact_merges (kept_id, id);
CREATE INDEX contact_merges_by_merged ON contact_merges (merged_id, id);
CREATE INDEX contact_merges_kept_until ON contact_merges (at) WHERE before IS NOT NULL;

-- Two contacts of whom somebody said that they are not the same person; the smaller id first.
CREATE TABLE contact_distinct (
    one_id   TEXT NOT NULL,
    other_id TEXT NOT NULL,
    by_id    TEXT NOT NULL REFERENCES users (id),
    at       INTEGER NOT NULL,
    PRIMARY KEY (one_id, other_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX contact_distinct_by_other ON contact_distinct (other_id);
