DROP TABLE alert_mails;

CREATE TEMPORARY TABLE old_jobs AS SELECT * FROM jobs;
DROP TABLE jobs;

CREATE TABLE jobs (
    -- A function of the change and the kind, so that one cause queues its work once. Of an account's mail: a new one.
    id TEXT NOT NULL PRIMARY KEY,
    donation_id TEXT REFERENCES donations (id),
    -- The version of the donation that queued it.
    donation_version INTEGER,
    -- Whose it is where it is no donation's; NULL if it is nobody's: no account has the address, or it is gone.
    account_id TEXT REFERENCES accounts (id),
    kind TEXT NOT NULL,
    -- Which refund it is about, where it is about one.
    refund_id TEXT,
    status TEXT NOT NULL,
    -- Not to be tried before; while somebody is at it, when somebody else may. Of one that has ended, when it did.
    run_at INTEGER NOT NULL,
    attempts INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    -- What the last try came to.
    note TEXT,
    CONSTRAINT jobs_version_counts_up CHECK (donation_version >= 0),
    CONSTRAINT jobs_kind_known CHECK (
        kind IN (
            'send_certificate', 'send_certificate_again', 'tell_of_decline', 'tell_of_refund', 'refund_duplicate',
            'confirm_email', 'reset_password'
        )
    ),
    CONSTRAINT jobs_of_a_donation_or_an_account CHECK (
        (kind IN ('confirm_email', 'reset_password')) = (donation_id IS NULL)
    ),
    CONSTRAINT jobs_version_with_the_donation CHECK ((donation_id IS NULL) = (donation_version IS NULL)),
    CONSTRAINT jobs_account_where_no_donation CHECK (account_id IS NULL OR donation_id IS NULL),
    CONSTRAINT jobs_refund_where_about_one CHECK ((kind = 'tell_of_refund') = (refund_id IS NOT NULL)),
    CONSTRAINT jobs_status_known CHECK (status IN ('queued', 'done', 'parked')),
    CONSTRAINT jobs_attempts_count_up CHECK (attempts >= 0),
    CONSTRAINT jobs_note_length CHECK (length(note) BETWEEN 1 AND 500),
    CONSTRAINT native_jobs_id CHECK (length(id) = 36),
    CONSTRAINT native_jobs_donation_id CHECK (length(donation_id) = 36),
    CONSTRAINT native_jobs_account_id CHECK (length(account_id) = 36),
    CONSTRAINT native_jobs_refund_id CHECK (length(refund_id) = 36)
) STRICT;

INSERT INTO jobs (id, donation_id, donation_version, account_id, kind, refund_id, status, run_at, attempts, created_at, note)
SELECT id, donation_id, donation_version, account_id, kind, refund_id, status, run_at, attempts, created_at, note
FROM old_jobs
WHERE kind <> 'tell_operators';
DROP TABLE old_jobs;

CREATE INDEX jobs_by_donation ON jobs (donation_id);
CREATE INDEX jobs_by_account ON jobs (account_id) WHERE account_id IS NOT NULL;
CREATE INDEX jobs_to_run ON jobs (run_at) WHERE status = 'queued';
-- Lists of all of it, newest first.
CREATE INDEX jobs_by_age ON jobs (created_at DESC, id DESC);
-- The lists of one state, newest first.
CREATE INDEX jobs_queued_by_age ON jobs (created_at DESC, id DESC) WHERE status = 'queued';
CREATE INDEX jobs_done_by_age ON jobs (created_at DESC, id DESC) WHERE status = 'done';
CREATE INDEX jobs_parked_by_age ON jobs (created_at DESC, id DESC) WHERE status = 'parked';

DROP INDEX accounts_that_see_all;
DROP INDEX reconciliation_differences_open;
DROP INDEX timeline_entries_by_kind;
DROP INDEX deliveries_by_last_copy;

DROP TABLE alerts;
DROP TABLE alert_notices;
DROP TABLE gateway_health;
