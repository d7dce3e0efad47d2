-- What rings for a user, and how: JSON; what is left out is as usual.
ALTER TABLE users ADD COLUMN alerts TEXT NOT NULL DEFAULT '{}';

-- The desk's own key for push services, made once: another one would end every subscription.
CREATE TABLE push_key (
    id         INTEGER PRIMARY KEY CHECK (id = 1),
    public_key BLOB NOT NULL,
    -- XChaCha20-Poly1305: nonce, then ciphertext.
    sealed     BLOB NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;

-- Where devices are told by Web Push; gone with the device.
CREATE TABLE push_subscriptions (
    device_id    TEXT PRIMARY KEY REFERENCES devices (id) ON DELETE CASCADE,
    endpoint     TEXT NOT NULL UNIQUE,
    p256dh       BLOB NOT NULL,
    auth         BLOB NOT NULL,
    created_at   INTEGER NOT NULL,
    delivered_at INTEGER,
    problem      TEXT
) STRICT, WITHOUT ROWID;
