-- Sign-ins in a browser. A table of their own: what is in the cookie is no refresh token, and no refresh token is a cookie.

CREATE TABLE browser_sessions (
    -- SHA-256 of the token in the cookie.
    token_hash bytea NOT NULL PRIMARY KEY,
    account_id uuid NOT NULL REFERENCES accounts (id),
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    CONSTRAINT browser_sessions_token_hash_length CHECK (length(token_hash) = 32),
    CONSTRAINT browser_sessions_end_after_they_begin CHECK (expires_at >= created_at)
);

CREATE INDEX browser_sessions_by_account ON browser_sessions (account_id);
