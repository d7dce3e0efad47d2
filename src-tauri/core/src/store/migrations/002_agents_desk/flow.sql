-- What one user's lists say of a session, continued (rules §2.6).
ALTER TABLE session_marks ADD COLUMN snoozed INTEGER NOT NULL DEFAULT 0;
-- While snoozed: until when; NULL: until the customer writes.
ALTER TABLE session_marks ADD COLUMN snoozed_until INTEGER;
-- When its time came and it went back to the top.
ALTER TABLE session_marks ADD COLUMN woken_at INTEGER;
-- It woke by its time and has not been looked at since.
ALTER TABLE session_marks ADD COLUMN reminder INTEGER NOT NULL DEFAULT 0;
ALTER TABLE session_marks ADD COLUMN muted INTEGER NOT NULL DEFAULT 0;
ALTER TABLE session_marks ADD COLUMN marked_unread INTEGER NOT NULL DEFAULT 0;
CREATE INDEX session_marks_snoozed ON session_marks (user_id, snoozed_until) WHERE snoozed = 1;

-- The last thing that a user did to a session, for as long as it can be taken back.
CREATE TABLE undoable (
    session_id TEXT NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
    user_id    TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    operation  TEXT NOT NULL,
    -- The line of the timeline that it wrote: what came later forbids it.
    seq        INTEGER NOT NULL,
    -- What was before, JSON.
    before     TEXT NOT NULL,
    at         INTEGER NOT NULL,
    PRIMARY KEY (session_id, user_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX undoable_by_time ON undoable (at);
