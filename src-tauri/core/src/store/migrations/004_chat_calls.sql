-- Calls of a live chat: who called, who talked, what came of it. What the two ends tell each other
-- of how they are reached is nowhere on disk.
CREATE TABLE chat_calls (
    id          TEXT PRIMARY KEY,
    -- The caller's own id for it, with who they are in front.
    key         TEXT NOT NULL UNIQUE,
    session_id  TEXT NOT NULL REFERENCES sessions (id),
    channel_id  TEXT NOT NULL REFERENCES channels (id),
    caller      TEXT NOT NULL CHECK (caller IN ('visitor', 'agent')),
    -- Who of the team called or answered, and what they were called then.
    user_id     TEXT REFERENCES users (id),
    user_name   TEXT,
    state       TEXT NOT NULL
                CHECK (state IN ('ringing', 'connected', 'ended', 'declined', 'missed', 'failed')),
    -- Why it was missed or failed.
    reason      TEXT,
    started_at  INTEGER NOT NULL,
    answered_at INTEGER,
    ended_at    INTEGER
) STRICT;
-- A chat has one call at a time.
CREATE UNIQUE INDEX chat_calls_under_way ON chat_calls (session_id)
    WHERE state IN ('ringing', 'connected');
CREATE INDEX chat_calls_by_channel ON chat_calls (channel_id, started_at);
