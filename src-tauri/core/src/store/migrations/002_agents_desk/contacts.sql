-- Contacts: what the team knows of a customer, how they are found, and whether they are blocked.

ALTER TABLE contacts ADD COLUMN language TEXT NOT NULL DEFAULT '';
ALTER TABLE contacts ADD COLUMN time_zone TEXT NOT NULL DEFAULT '';
ALTER TABLE contacts ADD COLUMN created_by TEXT REFERENCES users (id);
ALTER TABLE contacts ADD COLUMN blocked_at INTEGER;
ALTER TABLE contacts ADD COLUMN blocked_by TEXT REFERENCES users (id);
ALTER TABLE contacts ADD COLUMN blocked_reason TEXT;
-- When somebody last wrote, to the minute; 0: never.
ALTER TABLE contacts ADD COLUMN last_message_at INTEGER NOT NULL DEFAULT 0;
-- The name without case and accents; those without a name come last.
ALTER TABLE contacts ADD COLUMN name_key TEXT NOT NULL DEFAULT '';
-- All that a search looks at, without case and accents.
ALTER TABLE contacts ADD COLUMN needle TEXT NOT NULL DEFAULT '';

UPDATE contacts SET
    last_message_at = coalesce((SELECT max(s.last_message_at) FROM sessions s WHERE s.contact_id = contacts.id), 0),
    name_key = CASE WHEN name <> '' THEN lower(name) ELSE char(0x10FFFF)
        || coalesce((SELECT min(i.address) FROM identities i WHERE i.contact_id = contacts.id), '') END,
    needle = lower(name || char(10) || company || char(10) || email) || char(10)
        || coalesce((SELECT group_concat(i.address, char(10)) FROM identities i WHERE i.contact_id = contacts.id), '');

-- Each order of the list carries what is searched: whatever is sought, one index is read in order.
CREATE INDEX contacts_by_name ON contacts (name_key, id, needle);
CREATE INDEX contacts_by_age ON contacts (created_at, id, needle);
CREATE INDEX contacts_by_last_message ON contacts (last_message_at, id, needle);
CREATE INDEX contacts_blocked ON contacts (name_key, id) WHERE blocked_at IS NOT NULL;

-- What an address is: mobile, work …
ALTER TABLE identities ADD COLUMN remark TEXT NOT NULL DEFAULT '';

-- Its contact is blocked: kept, and in nobody's way.
ALTER TABLE sessions ADD COLUMN blocked INTEGER NOT NULL DEFAULT 0;

-- Further facts that this business keeps of its contacts.
CREATE TABLE contact_fields (
    id         TEXT PRIMARY KEY,
    name       TEXT NOT NULL COLLATE NOCASE UNIQUE,
    kind       TEXT NOT NULL CHECK (kind IN ('text', 'number', 'date', 'choice', 'yes_no', 'link')),
    -- Of a choice: what there is to choose, JSON.
    choices    TEXT NOT NULL DEFAULT '[]',
    position   INTEGER NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE contact_values (
    contact_id TEXT NOT NULL REFERENCES contacts (id) ON DELETE CASCADE,
    field_id   TEXT NOT NULL REFERENCES contact_fields (id) ON DELETE CASCADE,
    value      TEXT NOT NULL,
    PRIMARY KEY (contact_id, field_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX contact_values_by_field ON contact_values (field_id, value);

CREATE TABLE contact_notes (
    id          TEXT PRIMARY KEY,
    contact_id  TEXT NOT NULL REFERENCES contacts (id) ON DELETE CASCADE,
    author_id   TEXT REFERENCES users (id),
    author_name TEXT NOT NULL,
    text        TEXT NOT NULL,
    created_at  INTEGER NOT NULL,
    changed_at  INTEGER
) STRICT;
CREATE INDEX contact_notes_by_contact ON contact_notes (contact_id, created_at);

-- A colleague may say that a customer wants to hear no more, too.
CREATE TABLE opt_outs_anew (
    number_address TEXT NOT NULL,
    identity_id    TEXT NOT NULL REFERENCES identities (id) ON DELETE CASCADE,
    at             INTEGER NOT NULL,
    -- What the customer wrote.
    word           TEXT,
    told_by        TEXT NOT NULL CHECK (told_by IN ('customer', 'provider', 'user')),
    -- The provider's own words, or the colleague's reason.
    told           TEXT,
    PRIMARY KEY (number_address, identity_id)
) STRICT, WITHOUT ROWID;
INSERT INTO opt_outs_anew SELECT number_address, identity_id, at, word, told_by, told FROM opt_outs;
DROP TABLE opt_outs;
ALTER TABLE opt_outs_anew RENAME TO opt_outs;
CREATE INDEX opt_outs_by_identity ON opt_outs (identity_id);
