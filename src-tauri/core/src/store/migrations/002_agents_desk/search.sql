-- What changed of a text that the index of words has, in order. The index lies in a file of its
-- own and follows; new messages are no changes, their places say that they are new.
CREATE TABLE search_changes (
    seq  INTEGER PRIMARY KEY,
    noun TEXT NOT NULL CHECK (noun = 'message' OR noun = 'contact'),
    -- Place of the message, or id of the contact.
    key  TEXT NOT NULL
) STRICT;

-- None of these runs when a message is added or its state changes.
CREATE TRIGGER search_message_changed AFTER UPDATE OF body ON messages
WHEN old.body <> new.body BEGIN
    INSERT INTO search_changes (noun, key) VALUES ('message', new.seq);
END;
CREATE TRIGGER search_message_gone AFTER DELETE ON messages BEGIN
    INSERT INTO search_changes (noun, key) VALUES ('message', old.seq);
END;
CREATE TRIGGER search_file_named AFTER UPDATE OF name ON files WHEN old.name <> new.name BEGIN
    INSERT INTO search_changes (noun, key)
    SELECT 'message', m.seq FROM message_files mf JOIN messages m ON m.id = mf.message_id
    WHERE mf.file_id = new.id;
END;

CREATE TRIGGER search_contact_added AFTER INSERT ON contacts BEGIN
    INSERT INTO search_changes (noun, key) VALUES ('contact', new.id);
END;
CREATE TRIGGER search_contact_changed AFTER UPDATE OF name, company, email, remarks ON contacts
WHEN old.name <> new.name OR old.company <> new.company OR old.email <> new.email
    OR old.remarks <> new.remarks BEGIN
    INSERT INTO search_changes (noun, key) VALUES ('contact', new.id);
END;
CREATE TRIGGER search_contact_gone AFTER DELETE ON contacts BEGIN
    INSERT INTO search_changes (noun, key) VALUES ('contact', old.id);
END;
CREATE TRIGGER search_identity_added AFTER INSERT ON identities BEGIN
    INSERT INTO search_changes (noun, key) VALUES ('contact', new.contact_id);
END;
CREATE TRIGGER search_identity_moved AFTER UPDATE OF contact_id, address ON identities
WHEN old.contact_id <> new.contact_id OR old.address <> new.address BEGIN
    INSERT INTO search_changes (noun, key)
    VALUES ('contact', old.contact_id), ('contact', new.contact_id);
END;
CREATE TRIGGER search_identity_gone AFTER DELETE ON identities BEGIN
    INSERT INTO search_changes (noun, key) VALUES ('contact', old.contact_id);
END;

-- Ended sessions by who held them: what an agent with few sessions may find is looked up first.
CREATE INDEX sessions_closed_held ON sessions (owner_id, queue_id, id) WHERE status = 'closed';

CREATE TABLE saved_searches (
    id         TEXT PRIMARY KEY,
    user_id    TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    name       TEXT NOT NULL,
    -- What is looked for and where, JSON.
    search     TEXT NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX saved_searches_by_user ON saved_searches (user_id, created_at);
