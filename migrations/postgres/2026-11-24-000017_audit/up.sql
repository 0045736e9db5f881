-- Who did what. The table only grows: no entry is ever changed or taken away, whoever asks. No reference to accounts: an
-- entry outlives its account.

CREATE TABLE audit_entries (
    id uuid NOT NULL PRIMARY KEY,
    at timestamptz NOT NULL,
    actor text NOT NULL,
    account_id uuid,
    -- The one that the account then had.
    role text,
    action text NOT NULL,
    target text,
    outcome text NOT NULL,
    status bigint,
    address text,
    request_id text,
    details jsonb NOT NULL,
    CONSTRAINT audit_entries_actor_known CHECK (actor IN ('account', 'nobody', 'command_line')),
    CONSTRAINT audit_entries_account_where_it_is_one CHECK ((actor = 'account') = (account_id IS NOT NULL)),
    CONSTRAINT audit_entries_role_with_the_account CHECK ((account_id IS NULL) = (role IS NULL)),
    CONSTRAINT audit_entries_role_known CHECK (role IN ('donor', 'viewer', 'admin')),
    CONSTRAINT audit_entries_action_length CHECK (length(action) BETWEEN 1 AND 64),
    CONSTRAINT audit_entries_target_length CHECK (length(target) BETWEEN 1 AND 255),
    CONSTRAINT audit_entries_outcome_known CHECK (outcome IN ('begun', 'done', 'refused', 'failed')),
    CONSTRAINT audit_entries_status_in_range CHECK (status BETWEEN 100 AND 599),
    CONSTRAINT audit_entries_address_length CHECK (length(address) BETWEEN 1 AND 64),
    CONSTRAINT audit_entries_request_id_length CHECK (length(request_id) <= 255)
);

-- Newest first: all of it, an account's, one action's.
CREATE INDEX audit_entries_by_age ON audit_entries (at DESC, id DESC);
CREATE INDEX audit_entries_by_account ON audit_entries (account_id, at DESC, id DESC);
CREATE INDEX audit_entries_by_action ON audit_entries (action, at DESC, id DESC);

CREATE FUNCTION audit_entries_stay() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'audit entries are never changed or taken away';
END
$$;
CREATE TRIGGER audit_entries_stay BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_entries
    FOR EACH STATEMENT EXECUTE FUNCTION audit_entries_stay();

-- Somebody who sees what an administrator sees, and changes nothing.
ALTER TABLE accounts
    DROP CONSTRAINT accounts_role_known,
    ADD CONSTRAINT accounts_role_known CHECK (role IN ('donor', 'viewer', 'admin'));
