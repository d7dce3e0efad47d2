CREATE TABLE settings (
    key   TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE users (
    id              TEXT PRIMARY KEY,
    login           TEXT NOT NULL COLLATE NOCASE UNIQUE,
    name            TEXT NOT NULL,
    role            TEXT NOT NULL CHECK (role IN ('administrator', 'supervisor', 'agent')),
    password_hash   TEXT NOT NULL,
    presence        TEXT NOT NULL DEFAULT 'available',
    preferences     TEXT NOT NULL DEFAULT '{}',
    wrong_passwords INTEGER NOT NULL DEFAULT 0,
    locked_until    INTEGER NOT NULL DEFAULT 0,
    disabled        INTEGER NOT NULL DEFAULT 0,
    created_at      INTEGER NOT NULL,
    deleted_at      INTEGER
) STRICT;

CREATE TABLE devices (
    id           TEXT PRIMARY KEY,
    user_id      TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    name         TEXT NOT NULL,
    token_hash   BLOB NOT NULL UNIQUE,
    created_at   INTEGER NOT NULL,
    last_seen_at INTEGER NOT NULL,
    expires_at   INTEGER NOT NULL
) STRICT;
CREATE INDEX devices_by_user ON devices (user_id);

CREATE TABLE queues (
    id         TEXT PRIMARY KEY,
    name       TEXT NOT NULL COLLATE NOCASE,
    mode       TEXT NOT NULL CHECK (mode IN ('manual', 'auto', 'none')),
    created_at INTEGER NOT NULL,
    -- Its sessions stay; a deleted queue has no agents.
    deleted_at INTEGER
) STRICT;
CREATE UNIQUE INDEX queues_by_name ON queues (name) WHERE deleted_at IS NULL;

CREATE TABLE queue_agents (
    queue_id TEXT NOT NULL REFERENCES queues (id) ON DELETE CASCADE,
    user_id  TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    PRIMARY KEY (queue_id, user_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX queue_agents_by_user ON queue_agents (user_id);

CREATE TABLE channels (
    id               TEXT PRIMARY KEY,
    provider         TEXT NOT NULL,
    name             TEXT NOT NULL,
    state            TEXT NOT NULL CHECK (state IN ('draft', 'active', 'disabled')),
    -- Path of the webhook; allocated once, kept for ever, never reused.
    token            TEXT NOT NULL UNIQUE,
    -- Plain settings by field name, JSON.
    settings         TEXT NOT NULL DEFAULT '{}',
    base_url         TEXT,
    rate             REAL NOT NULL,
    auto_close_days  INTEGER,
    file_text        TEXT,
    -- Automatic answers to STOP and HELP; NULL: off.
    stop_text        TEXT,
    help_text        TEXT,
    -- Who may bring webhooks: a name (its password is a secret) and networks, JSON.
    webhook_user     TEXT,
    allowed_networks TEXT NOT NULL DEFAULT '[]',
    -- What was set at the provider through its API: the address, for which numbers (JSON), when.
    webhook_set_url  TEXT,
    webhook_set_for  TEXT NOT NULL DEFAULT '[]',
    webhook_set_at   INTEGER,
    health           TEXT,
    health_detail    TEXT,
    checked_at       INTEGER,
    last_inbound_at  INTEGER,
    last_outbound_at INTEGER,
    created_by       TEXT,
    created_at       INTEGER NOT NULL,
    deleted_at       INTEGER
) STRICT;

-- XChaCha20-Poly1305: nonce, then ciphertext. Bound to channel and name.
CREATE TABLE channel_secrets (
    channel_id TEXT NOT NULL REFERENCES channels (id) ON DELETE CASCADE,
    name       TEXT NOT NULL,
    sealed     BLOB NOT NULL,
    PRIMARY KEY (channel_id, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE numbers (
    id         TEXT PRIMARY KEY,
    channel_id TEXT NOT NULL REFERENCES channels (id) ON DELETE CASCADE,
    address    TEXT NOT NULL,
    kind       TEXT NOT NULL CHECK (kind IN ('e164', 'short_code', 'sender_id')),
    -- Destination of new sessions: exactly one of the two.
    user_id    TEXT REFERENCES users (id),
    queue_id   TEXT REFERENCES queues (id),
    created_at INTEGER NOT NULL,
    deleted_at INTEGER,
    CHECK ((user_id IS NULL) <> (queue_id IS NULL))
) STRICT;
CREATE UNIQUE INDEX numbers_by_address ON numbers (channel_id, address) WHERE deleted_at IS NULL;

CREATE TABLE number_starters (
    number_id TEXT NOT NULL REFERENCES numbers (id) ON DELETE CASCADE,
    user_id   TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    PRIMARY KEY (number_id, user_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE contacts (
    id         TEXT PRIMARY KEY,
    name       TEXT NOT NULL DEFAULT '',
    company    TEXT NOT NULL DEFAULT '',
    email      TEXT NOT NULL DEFAULT '',
    remarks    TEXT NOT NULL DEFAULT '',
    created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE identities (
    id         TEXT PRIMARY KEY,
    contact_id TEXT NOT NULL REFERENCES contacts (id),
    kind       TEXT NOT NULL,
    address    TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    UNIQUE (kind, address)
) STRICT;
CREATE INDEX identities_by_contact ON identities (contact_id);

CREATE TABLE sessions (
    id              TEXT PRIMARY KEY,
    status          TEXT NOT NULL CHECK (status IN ('open', 'closed')),
    channel_id      TEXT NOT NULL REFERENCES channels (id),
    number_id       TEXT NOT NULL REFERENCES numbers (id),
    identity_id     TEXT NOT NULL REFERENCES identities (id),
    contact_id      TEXT NOT NULL REFERENCES contacts (id),
    owner_id        TEXT REFERENCES users (id),
    queue_id        TEXT REFERENCES queues (id),
    started_by      TEXT,
    opened_at       INTEGER NOT NULL,
    last_message_at INTEGER NOT NULL,
    waiting_since   INTEGER,
    closed_at       INTEGER,
    closed_by       TEXT,
    preview         TEXT NOT NULL DEFAULT '',
    preview_direction TEXT NOT NULL DEFAULT 'none',
    preview_author  TEXT,
    messages_in     INTEGER NOT NULL DEFAULT 0,
    messages_out    INTEGER NOT NULL DEFAULT 0,
    -- Failed and uncertain messages that nobody has dealt with.
    failed          INTEGER NOT NULL DEFAULT 0,
    CHECK (owner_id IS NOT NULL OR queue_id IS NOT NULL)
) STRICT;
-- At most one open session of a number and an identity (rules §2.1).
CREATE UNIQUE INDEX sessions_open_key ON sessions (channel_id, number_id, identity_id) WHERE status = 'open';
CREATE INDEX sessions_by_owner ON sessions (owner_id, last_message_at) WHERE status = 'open';
CREATE INDEX sessions_by_queue ON sessions (queue_id, last_message_at) WHERE status = 'open' AND owner_id IS NULL;
CREATE INDEX sessions_by_identity ON sessions (identity_id);
CREATE INDEX sessions_open ON sessions (last_message_at) WHERE status = 'open';
CREATE INDEX sessions_failed ON sessions (last_message_at) WHERE failed > 0;
CREATE INDEX sessions_by_contact ON sessions (contact_id, opened_at);

-- What one user's lists say of a session (rules §2.6).
CREATE TABLE session_marks (
    session_id TEXT NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
    user_id    TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    archived   INTEGER NOT NULL DEFAULT 0,
    removed    INTEGER NOT NULL DEFAULT 0,
    seen_seq   INTEGER NOT NULL DEFAULT 0,
    -- Held or answered it at some time: after its end it is listed under Archived for them.
    took_part  INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (user_id, session_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX session_marks_by_session ON session_marks (session_id);

CREATE TABLE messages (
    seq          INTEGER PRIMARY KEY AUTOINCREMENT,
    id           TEXT NOT NULL UNIQUE,
    session_id   TEXT NOT NULL REFERENCES sessions (id),
    channel_id   TEXT NOT NULL,
    -- Each word by itself: for three in an IN SQLite builds a table at every row that is added.
    kind         TEXT NOT NULL CHECK (kind = 'message' OR kind = 'note' OR kind = 'event'),
    direction    TEXT NOT NULL CHECK (direction = 'in' OR direction = 'out' OR direction = 'none'),
    author_id    TEXT,
    author_name  TEXT,
    body         TEXT NOT NULL DEFAULT '',
    state        TEXT NOT NULL,
    client_key   TEXT,
    provider_id  TEXT,
    error_kind   TEXT,
    error_code   TEXT,
    error_text   TEXT,
    attempts     INTEGER NOT NULL DEFAULT 0,
    -- Attempts that were refused only because they were too many at the time.
    refusals     INTEGER NOT NULL DEFAULT 0,
    due_at       INTEGER,
    attempted_at INTEGER,
    -- For events: the operation, JSON.
    operation    TEXT,
    -- Written by the desk itself: an answer to STOP or HELP.
    automatic    INTEGER NOT NULL DEFAULT 0,
    -- Of a group message: the further participants, JSON.
    others       TEXT,
    -- While pieces of it are missing: which, JSON.
    parts        TEXT,
    at           INTEGER NOT NULL,
    updated_at   INTEGER NOT NULL
) STRICT;
CREATE INDEX messages_by_session ON messages (session_id, seq, direction);
CREATE UNIQUE INDEX messages_by_client_key ON messages (client_key) WHERE client_key IS NOT NULL;
CREATE UNIQUE INDEX messages_by_provider_id ON messages (channel_id, direction, provider_id) WHERE provider_id IS NOT NULL;
CREATE INDEX messages_outbox ON messages (channel_id, seq) WHERE state IN ('queued', 'sending');
CREATE INDEX messages_in_flight ON messages (session_id, seq) WHERE state IN ('queued', 'sending');
CREATE INDEX messages_events ON messages (session_id, seq) WHERE kind = 'event';
CREATE INDEX messages_failed ON messages (session_id) WHERE state IN ('failed', 'uncertain');
-- Figures of a channel over a span of time.
CREATE INDEX messages_figures ON messages (channel_id, at, direction, state) WHERE kind = 'message';

-- Pieces of messages that a provider tells in several webhooks. The key may come again for another
-- message later, so that a piece belongs to the newest message that lacks it.
CREATE TABLE message_parts (
    channel_id  TEXT NOT NULL,
    provider_id TEXT NOT NULL,
    message_id  TEXT NOT NULL,
    number_id   TEXT NOT NULL,
    identity_id TEXT NOT NULL,
    part_key    TEXT NOT NULL,
    position    INTEGER NOT NULL,
    total       INTEGER,
    body        TEXT NOT NULL,
    at          INTEGER NOT NULL,
    PRIMARY KEY (channel_id, provider_id)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX message_parts_by_message ON message_parts (message_id, position);
CREATE INDEX message_parts_by_key ON message_parts (identity_id, number_id, part_key, at);

-- Customers who asked to hear no more from a number, one row for each pair. The number is its
-- address: their word holds through whichever channel it is written from, today and later.
CREATE TABLE opt_outs (
    number_address TEXT NOT NULL,
    identity_id    TEXT NOT NULL REFERENCES identities (id) ON DELETE CASCADE,
    at             INTEGER NOT NULL,
    -- What the customer wrote.
    word           TEXT,
    told_by        TEXT NOT NULL CHECK (told_by IN ('customer', 'provider')),
    -- The provider's own words.
    told           TEXT,
    PRIMARY KEY (number_address, identity_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX opt_outs_by_identity ON opt_outs (identity_id);

-- Receipts that came before we knew the provider's id of our message.
CREATE TABLE early_receipts (
    channel_id  TEXT NOT NULL,
    provider_id TEXT NOT NULL,
    state       TEXT NOT NULL,
    error_kind  TEXT,
    error_code  TEXT,
    error_text  TEXT,
    received_at INTEGER NOT NULL,
    PRIMARY KEY (channel_id, provider_id, state)
) STRICT, WITHOUT ROWID;

-- Ids that providers gave to earlier attempts of a message which a person has sent again.
CREATE TABLE past_attempts (
    channel_id  TEXT NOT NULL,
    provider_id TEXT NOT NULL,
    message_id  TEXT NOT NULL,
    at          INTEGER NOT NULL,
    PRIMARY KEY (channel_id, provider_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX past_attempts_by_message ON past_attempts (message_id);

CREATE TABLE files (
    id           TEXT PRIMARY KEY,
    name         TEXT NOT NULL,
    content_type TEXT NOT NULL,
    size         INTEGER NOT NULL,
    sha256       TEXT,
    state        TEXT NOT NULL CHECK (state IN ('pending', 'stored', 'failed')),
    error        TEXT,
    -- While pending: where to fetch it, and what the provider said of it.
    remote_url   TEXT,
    remote_sha256 TEXT,
    attempts     INTEGER NOT NULL DEFAULT 0,
    due_at       INTEGER,
    uploaded_by  TEXT,
    created_at   INTEGER NOT NULL
) STRICT;
CREATE INDEX files_pending ON files (due_at) WHERE state = 'pending';

CREATE TABLE message_files (
    message_id TEXT NOT NULL,
    position   INTEGER NOT NULL,
    file_id    TEXT NOT NULL REFERENCES files (id),
    PRIMARY KEY (message_id, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX message_files_by_file ON message_files (file_id);

-- Unguessable public links to files, for providers.
CREATE TABLE media_links (
    token_hash BLOB PRIMARY KEY,
    file_id    TEXT NOT NULL REFERENCES files (id),
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX media_links_by_expiry ON media_links (expires_at);

CREATE TABLE deliveries (
    id           TEXT PRIMARY KEY,
    channel_id   TEXT NOT NULL,
    received_at  INTEGER NOT NULL,
    method       TEXT NOT NULL,
    path         TEXT NOT NULL,
    -- Header names and values, JSON, without credentials.
    headers      TEXT NOT NULL,
    content_type TEXT NOT NULL,
    body         BLOB NOT NULL,
    digest       BLOB NOT NULL,
    outcome      TEXT NOT NULL
        CHECK (outcome = 'stored' OR outcome = 'unreadable' OR outcome = 'dismissed'),
    error        TEXT,
    replayed_at  INTEGER
) STRICT;
-- Of the ordinary ones nobody asks: their messages are known by the provider's id.
CREATE INDEX deliveries_by_digest ON deliveries (channel_id, digest) WHERE outcome <> 'stored';
CREATE INDEX deliveries_by_time ON deliveries (received_at);
CREATE INDEX deliveries_unreadable ON deliveries (received_at) WHERE outcome = 'unreadable';

CREATE TABLE events (
    seq      INTEGER PRIMARY KEY AUTOINCREMENT,
    at       INTEGER NOT NULL,
    event    TEXT NOT NULL,
    audience TEXT NOT NULL
) STRICT;
