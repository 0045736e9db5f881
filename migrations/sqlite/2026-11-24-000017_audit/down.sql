-- What the version before does not know may not see anything either.
PRAGMA defer_foreign_keys = ON;
CREATE TEMPORARY TABLE old_accounts AS SELECT * FROM accounts;
DROP TABLE accounts;

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
    -- When the address was proved by mail.
    email_confirmed_at INTEGER,
    CONSTRAINT accounts_email_length CHECK (length(email) BETWEEN 3 AND 254),
    -- A letter may become two in lower case.
    CONSTRAINT accounts_email_key_length CHECK (length(email_key) BETWEEN 3 AND 508),
    CONSTRAINT accounts_name_length CHECK (length(name) BETWEEN 1 AND 120),
    CONSTRAINT accounts_language_known CHECK (language IN ('kk', 'ru', 'en')),
    CONSTRAINT accounts_role_known CHECK (role IN ('donor', 'admin')),
    CONSTRAINT accounts_password_hash_length CHECK (length(password_hash) BETWEEN 1 AND 512),
    CONSTRAINT native_accounts_id CHECK (length(id) = 36)
) STRICT;

INSERT INTO accounts (id, email, email_key, name, language, role, password_hash, created_at, email_confirmed_at)
SELECT id, email, email_key, name, language, CASE role WHEN 'viewer' THEN 'donor' ELSE role END, password_hash, created_at,
    email_confirmed_at
FROM old_accounts;
DROP TABLE old_accounts;

CREATE UNIQUE INDEX accounts_by_email_key ON accounts (email_key);

DROP TABLE audit_entries;
