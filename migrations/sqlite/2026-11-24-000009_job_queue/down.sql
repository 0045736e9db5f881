CREATE TEMPORARY TABLE old_jobs AS SELECT * FROM jobs;
DROP TABLE jobs;

CREATE TABLE jobs (
    -- A function of the change and the kind, so that one cause queues its work once.
    id TEXT NOT NULL PRIMARY KEY,
    donation_id TEXT NOT NULL REFERENCES donations (id),
    kind TEXT NOT NULL,
    status TEXT NOT NULL,
    -- Not to be tried before.
    run_at INTEGER NOT NULL,
    attempts INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    CONSTRAINT jobs_kind_known CHECK (kind IN ('send_certificate', 'tell_of_decline', 'tell_of_refund')),
    CONSTRAINT jobs_status_known CHECK (status IN ('queued', 'done', 'parked')),
    CONSTRAINT jobs_attempts_count_up CHECK (attempts >= 0),
    CONSTRAINT native_jobs_id CHECK (length(id) = 36),
    CONSTRAINT native_jobs_donation_id CHECK (length(donation_id) = 36)
) STRICT;

INSERT INTO jobs (id, donation_id, kind, status, run_at, attempts, created_at)
SELECT id, donation_id, kind, status, run_at, attempts, created_at
FROM old_jobs
WHERE kind <> 'refund_duplicate';
DROP TABLE old_jobs;

CREATE INDEX jobs_by_donation ON jobs (donation_id);
CREATE INDEX jobs_to_run ON jobs (run_at) WHERE status = 'queued';
