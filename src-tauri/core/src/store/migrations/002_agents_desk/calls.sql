-- Calls, and who may make them.

-- NULL: as the role has it (administrators and supervisors may, agents may not).
ALTER TABLE users ADD COLUMN may_call INTEGER;
-- How they call: what opens on their device, or through the provider.
ALTER TABLE users ADD COLUMN call_method TEXT NOT NULL DEFAULT 'tel';
ALTER TABLE users ADD COLUMN call_pattern TEXT NOT NULL DEFAULT '';
-- Their own telephone, which the provider calls first.
ALTER TABLE users ADD COLUMN call_phone TEXT NOT NULL DEFAULT '';

CREATE TABLE calls (
    id          TEXT PRIMARY KEY,
    client_key  TEXT NOT NULL UNIQUE,
    session_id  TEXT NOT NULL REFERENCES sessions (id),
    user_id     TEXT NOT NULL REFERENCES users (id),
    user_name   TEXT NOT NULL,
    channel_id  TEXT NOT NULL,
    method      TEXT NOT NULL,
    -- Whom it is to, and our number that they see.
    number      TEXT NOT NULL,
    shown       TEXT NOT NULL,
    -- The agent's telephone, where the provider calls it first.
    phone       TEXT NOT NULL DEFAULT '',
    state       TEXT NOT NULL,
    provider_id TEXT,
    seconds     INTEGER,
    -- Why it failed, in words.
    reason      TEXT,
    created_at  INTEGER NOT NULL,
    updated_at  INTEGER NOT NULL
) STRICT;
CREATE INDEX calls_by_session ON calls (session_id, created_at);
CREATE INDEX calls_under_way ON calls (updated_at) WHERE state IN ('starting', 'your_phone', 'ringing', 'answered');
