-- The keys that certificates were ever signed with (Ed25519). Rows stay for ever, so that older signatures can be checked.
-- Instants are microseconds since 1970-01-01 UTC.

CREATE TABLE certificate_keys (
    public_key BLOB NOT NULL PRIMARY KEY,
    -- `own`: its secret is kept here. `given`: it came from the settings, which alone have its secret.
    origin TEXT NOT NULL,
    seed BLOB,
    created_at INTEGER NOT NULL,
    CONSTRAINT certificate_keys_public_key_length CHECK (length(public_key) = 32),
    CONSTRAINT certificate_keys_origin_known CHECK (origin IN ('own', 'given')),
    CONSTRAINT certificate_keys_seed_where_own CHECK ((origin = 'own') = (seed IS NOT NULL)),
    CONSTRAINT certificate_keys_seed_length CHECK (length(seed) = 32)
) STRICT;

-- Servers that start at once must end with one key.
CREATE UNIQUE INDEX certificate_keys_one_own ON certificate_keys (origin) WHERE origin = 'own';
