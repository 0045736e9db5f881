-- People who sign in, and their sessions.

CREATE TABLE accounts (
    id uuid NOT NULL PRIMARY KEY,
    email text NOT NULL,
    -- The address in lower case: one account an address, whatever the case of its letters.
    email_key text NOT NULL,
    name text NOT NULL,
    language text NOT NULL,
    role text NOT NULL,
    password_hash text NOT NULL,
    created_at timestamptz NOT NULL,
    CONSTRAINT accounts_email_length CHECK (length(email) BETWEEN 3 AND 254),
    -- A letter may become two in lower case.
    CONSTRAINT accounts_email_key_length CHECK (length(email_key) BETWEEN 3 AND 508),
    CONSTRAINT accounts_name_length CHECK (length(name) BETWEEN 1 AND 120),
    CONSTRAINT accounts_language_known CHECK (language IN ('kk', 'ru', 'en')),
    CONSTRAINT accounts_role_known CHECK (role IN ('donor', 'admin')),
    CONSTRAINT accounts_password_hash_length CHECK (length(password_hash) BETWEEN 1 AND 512)
);

CREATE UNIQUE INDEX accounts_by_email_key ON accounts (email_key);

CREATE TABLE sessions (
    id uuid NOT NULL PRIMARY KEY,
    account_id uuid NOT NULL REFERENCES accounts (id),
    -- SHA-256 of the refresh token.
    refresh_hash bytea NOT NULL,
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    CONSTRAINT sessions_refresh_hash_length CHECK (length(refresh_hash) = 32),
    CONSTRAINT sessions_end_after_they_begin CHECK (expires_at >= created_at)
);

CREATE UNIQUE INDEX sessions_by_refresh_hash ON sessions (refresh_hash);
CREATE INDEX sessions_by_account ON sessions (account_id);
