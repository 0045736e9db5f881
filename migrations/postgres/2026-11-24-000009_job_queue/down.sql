CREATE TEMPORARY TABLE old_jobs AS SELECT * FROM jobs;
DROP TABLE jobs;

CREATE TABLE jobs (
    -- A function of the change and the kind, so that one cause queues its work once.
    id uuid NOT NULL PRIMARY KEY,
    donation_id uuid NOT NULL REFERENCES donations (id),
    kind text NOT NULL,
    status text NOT NULL,
    -- Not to be tried before.
    run_at timestamptz NOT NULL,
    attempts bigint NOT NULL,
    created_at timestamptz NOT NULL,
    CONSTRAINT jobs_kind_known CHECK (kind IN ('send_certificate', 'tell_of_decline', 'tell_of_refund')),
    CONSTRAINT jobs_status_known CHECK (status IN ('queued', 'done', 'parked')),
    CONSTRAINT jobs_attempts_count_up CHECK (attempts >= 0)
);

INSERT INTO jobs (id, donation_id, kind, status, run_at, attempts, created_at)
SELECT id, donation_id, kind, status, run_at, attempts, created_at
FROM old_jobs
WHERE kind <> 'refund_duplicate';
DROP TABLE old_jobs;

CREATE INDEX jobs_by_donation ON jobs (donation_id);
CREATE INDEX jobs_to_run ON jobs (run_at) WHERE status = 'queued';
