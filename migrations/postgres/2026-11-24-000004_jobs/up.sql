-- Work that a change of a donation causes, written in the change's own transaction (an outbox).

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

CREATE INDEX jobs_by_donation ON jobs (donation_id);
CREATE INDEX jobs_to_run ON jobs (run_at) WHERE status = 'queued';
