-- People who sign in, and their sessions.
-- Instants are microseconds since 1970-01-01 UTC; a CHECK named native_… stands in for a type that PostgreSQL has.

CREATE TABLE accounts (
    id TEXT NOT NULL PRIMARY KEY,
    email TEXT NOT NULL,
    -- The address in lower case: one account an address, whatever the case of its letters.
    email_key TEXT NOT NULL,
    name TEXT NOT NULL,
    language TEXT NOT NULL,
    role TEXT NOT NULL,
    password_hash TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    CONSTRAINT accounts_email_length CHECK (length(email) BETWEEN 3 AND 254),
    -- A letter may become two in lower case.
    CONSTRAINT accounts_email_key_length CHECK (length(email_key) BETWEEN 3 AND 508),
    CONSTRAINT accounts_name_length CHECK (length(name) BETWEEN 1 AND 120),
    CONSTRAINT accounts_language_known CHECK (language IN ('kk', 'ru', 'en')),
    CONSTRAINT accounts_role_known CHECK (role IN ('donor', 'admin')),
    CONSTRAINT accounts_password_hash_length CHECK (length(password_hash) BETWEEN 1 AND 512),
    CONSTRAINT native_accounts_id CHECK (length(id) = 36)
) STRICT;

CREATE UNIQUE INDEX accounts_by_email_key ON accounts (email_key);

CREATE TABLE sessions (
    id TEXT NOT NULL PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES accounts (id),
    -- SHA-256 of the refresh token.
    refresh_hash BLOB NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    CONSTRAINT sessions_refresh_hash_length CHECK (length(refresh_hash) = 32),
    CONSTRAINT sessions_end_after_they_begin CHECK (expires_at >= created_at),
    CONSTRAINT native_sessions_id CHECK (length(id) = 36),
    CONSTRAINT native_sessions_account_id CHECK (length(account_id) = 36)
) STRICT;

CREATE UNIQUE INDEX sessions_by_refresh_hash ON sessions (refresh_hash);
CREATE INDEX sessions_by_account ON sessions (account_id);
