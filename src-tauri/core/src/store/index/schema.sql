-- How far the index has come.
CREATE TABLE progress (
    id       INTEGER PRIMARY KEY CHECK (id = 1),
    -- Place of the last message that is indexed, and its id: another id means another database.
    seq      INTEGER NOT NULL,
    anchor   TEXT NOT NULL,
    -- Last change that was followed.
    change   INTEGER NOT NULL,
    -- Place of the last contact of the first run through them; NULL: it is done.
    contacts INTEGER
) STRICT;
INSERT INTO progress (id, seq, anchor, change, contacts) VALUES (1, 0, '', 0, 0);

-- Words of messages and of the names of their files, by place. The third column holds words of
-- ours: of which session, channel and author, which way, with files or without.
--
-- Beginnings of words up to ten letters are in the index: for one that is not, FTS5 gathers every
-- place of every word that begins so before it tells the first.
CREATE VIRTUAL TABLE message_words USING fts5(
    body, files, place,
    content='', contentless_delete=1, prefix='2 3 4 5 6 7 8 9 10', tokenize='unicode61 remove_diacritics 2'
);

CREATE TABLE contact_docs (
    doc        INTEGER PRIMARY KEY,
    contact_id TEXT NOT NULL UNIQUE
) STRICT;
CREATE VIRTUAL TABLE contact_words USING fts5(
    name, company, email, addresses, remarks,
    content='', contentless_delete=1, prefix='2 3 4 5 6 7 8 9 10', tokenize='unicode61 remove_diacritics 2'
);
