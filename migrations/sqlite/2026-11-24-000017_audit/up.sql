-- Who did what. The table only grows: no entry is ever changed or taken away, whoever asks. No reference to accounts: an
-- entry outlives its account.
-- Instants are microseconds since 1970-01-01 UTC; a CHECK named native_… stands in for a type that PostgreSQL has.

CREATE TABLE audit_entries (
    id TEXT NOT NULL PRIMARY KEY,
    at INTEGER NOT NULL,
    actor TEXT NOT NULL,
    account_id TEXT,
    -- The one that the account then had.
    role TEXT,
    action TEXT NOT NULL,
    target TEXT,
    outcome TEXT NOT NULL,
    status INTEGER,
    address TEXT,
    request_id TEXT,
    details TEXT NOT NULL,
    CONSTRAINT audit_entries_actor_known CHECK (actor IN ('account', 'nobody', 'command_line')),
    CONSTRAINT audit_entries_account_where_it_is_one CHECK ((actor = 'account') = (account_id IS NOT NULL)),
    CONSTRAINT audit_entries_role_with_the_account CHECK ((account_id IS NULL) = (role IS NULL)),
    CONSTRAINT audit_entries_role_known CHECK (role IN ('donor', 'viewer', 'admin')),
    CONSTRAINT audit_entries_action_length CHECK (length(action) BETWEEN 1 AND 64),
    CONSTRAINT audit_entries_target_length CHECK (length(target) BETWEEN 1 AND 255),
    CONSTRAINT audit_entries_outcome_known CHECK (outcome IN ('begun', 'done', 'refused', 'failed')),
    CONSTRAINT audit_entries_status_in_range CHECK (status BETWEEN 100 AND 599),
    CONSTRAINT audit_entries_address_length CHECK (length(address) BETWEEN 1 AND 64),
    CONSTRAINT audit_entries_request_id_length CHECK (length(request_id) <= 255),
    CONSTRAINT native_audit_entries_id CHECK (length(id) = 36),
    CONSTRAINT native_audit_entries_account_id CHECK (length(account_id) = 36),
    CONSTRAINT native_audit_entries_details CHECK (json_valid(details))
) STRICT;

-- Newest first: all of it, an account's, one action's.
CREATE INDEX audit_entries_by_age ON audit_entries (at DESC, id DESC);
CREATE INDEX audit_entries_by_account ON audit_entries (account_id, at DESC, id DESC);
CREATE INDEX audit_entries_by_action ON audit_entries (action, at DESC, id DESC);

CREATE TRIGGER audit_entries_are_not_changed BEFORE UPDATE ON audit_entries
BEGIN
    SELECT RAISE(ABORT, 'audit entries are never changed or taken away');
END;
CREATE TRIGGER audit_entries_are_not_taken_away BEFORE DELETE ON audit_entries
BEGIN
    SELECT RAISE(ABORT, 'audit entries are never changed or taken away');
END;

-- Somebody who sees what an administrator sees, and changes nothing. Other tables refer to accounts; that they do is looked at
-- when the transaction ends, when every account is back.
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
    CONSTRAINT accounts_role_known CHECK (role IN ('donor', 'viewer', 'admin')),
    CONSTRAINT accounts_password_hash_length CHECK (length(password_hash) BETWEEN 1 AND 512),
    CONSTRAINT native_accounts_id CHECK (length(id) = 36)
) STRICT;

INSERT INTO accounts (id, email, email_key, name, language, role, password_hash, created_at, email_confirmed_at)
SELECT id, email, email_key, name, language, role, password_hash, created_at, email_confirmed_at FROM old_accounts;
DROP TABLE old_accounts;

CREATE UNIQUE INDEX accounts_by_email_key ON accounts (email_key);
