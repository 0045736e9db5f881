-- What the version before does not know may not see anything either.
UPDATE accounts SET role = 'donor' WHERE role = 'viewer';
ALTER TABLE accounts
    DROP CONSTRAINT accounts_role_known,
    ADD CONSTRAINT accounts_role_known CHECK (role IN ('donor', 'admin'));

DROP TABLE audit_entries;
DROP FUNCTION audit_entries_stay();
