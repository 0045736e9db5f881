-- Work that knows which change and which refund it is about, and what came of it. Until now nothing took it: whatever is
-- queued is still to be done.
-- Instants are microseconds since 1970-01-01 UTC; a CHECK named native_… stands in for a type that PostgreSQL has.

CREATE TEMPORARY TABLE old_jobs AS SELECT * FROM jobs;
DROP TABLE jobs;

CREATE TABLE jobs (
    -- A function of the change and the kind, so that one cause queues its work once.
    id TEXT NOT NULL PRIMARY KEY,
    donation_id TEXT NOT NULL REFERENCES donations (id),
    -- The version of the donation that queued it.
    donation_version INTEGER NOT NULL,
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
        kind IN ('send_certificate', 'tell_of_decline', 'tell_of_refund', 'refund_duplicate')
    ),
    CONSTRAINT jobs_refund_where_about_one CHECK ((kind = 'tell_of_refund') = (refund_id IS NOT NULL)),
    CONSTRAINT jobs_status_known CHECK (status IN ('queued', 'done', 'parked')),
    CONSTRAINT jobs_attempts_count_up CHECK (attempts >= 0),
    CONSTRAINT jobs_note_length CHECK (length(note) BETWEEN 1 AND 500),
    CONSTRAINT native_jobs_id CHECK (length(id) = 36),
    CONSTRAINT native_jobs_donation_id CHECK (length(donation_id) = 36),
    CONSTRAINT native_jobs_refund_id CHECK (length(refund_id) = 36)
) STRICT;

INSERT INTO jobs (id, donation_id, donation_version, kind, refund_id, status, run_at, attempts, created_at)
SELECT old.id, old.donation_id,
    coalesce(
        (SELECT max(certificates.donation_version) FROM certificates WHERE certificates.donation_id = old.donation_id),
        donations.version
    ),
    old.kind,
    CASE old.kind WHEN 'tell_of_refund' THEN (
        SELECT refunds.id FROM refunds WHERE refunds.donation_id = old.donation_id ORDER BY refunds.position DESC LIMIT 1
    ) END,
    old.status, old.run_at, old.attempts, old.created_at
FROM old_jobs AS old JOIN donations ON donations.id = old.donation_id
WHERE old.kind <> 'tell_of_refund' OR old.donation_id IN (SELECT refunds.donation_id FROM refunds);
DROP TABLE old_jobs;

CREATE INDEX jobs_by_donation ON jobs (donation_id);
CREATE INDEX jobs_to_run ON jobs (run_at) WHERE status = 'queued';
-- Lists of all of it, newest first.
CREATE INDEX jobs_by_age ON jobs (created_at DESC, id DESC);
