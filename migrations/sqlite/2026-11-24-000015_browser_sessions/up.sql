-- Sign-ins in a browser. A table of their own: what is in the cookie is no refresh token, and no refresh token is a cookie.
-- Instants are microseconds since 1970-01-01 UTC; a CHECK named native_… stands in for a type that PostgreSQL has.

CREATE TABLE browser_sessions (
    -- SHA-256 of the token in the cookie.
    token_hash BLOB NOT NULL PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES accounts (id),
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    CONSTRAINT browser_sessions_token_hash_length CHECK (length(token_hash) = 32),
    CONSTRAINT browser_sessions_end_after_they_begin CHECK (expires_at >= created_at),
    CONSTRAINT native_browser_sessions_account_id CHECK (length(account_id) = 36)
) STRICT;

CREATE INDEX browser_sessions_by_account ON browser_sessions (account_id);
