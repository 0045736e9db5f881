-- What operators are told of by mail, once per cause, and how the gateway stands for every server alike.

-- One row, once somebody has looked. Whoever writes about alerts holds it, so that they do it one after the other.
CREATE TABLE gateway_health (
    name text NOT NULL PRIMARY KEY,
    -- When a server last took its turn to look.
    looked_at timestamptz,
    ok_at timestamptz,
    -- The first failure since the gateway last answered, the last one, and how it failed.
    failing_since timestamptz,
    failed_at timestamptz,
    failure text,
    CONSTRAINT gateway_health_is_one CHECK (name = 'gateway'),
    CONSTRAINT gateway_health_failure_known CHECK (failure IN ('unreachable', 'key_refused')),
    CONSTRAINT gateway_health_failure_is_whole CHECK (
        (failing_since IS NULL) = (failure IS NULL) AND (failing_since IS NULL) = (failed_at IS NULL)
    )
);

-- A mail to operators, the same to each of them.
CREATE TABLE alert_notices (
    id uuid NOT NULL PRIMARY KEY,
    kind text NOT NULL,
    phase text NOT NULL,
    made_at timestamptz NOT NULL,
    CONSTRAINT alert_notices_kind_known CHECK (
        kind IN (
            'review', 'day_differs', 'job_parked', 'gateway_down', 'webhooks_silent', 'brake_pulled', 'daily_summary'
        )
    ),
    CONSTRAINT alert_notices_phase_known CHECK (phase IN ('begun', 'over'))
);

-- When the last of its kind was told.
CREATE INDEX alert_notices_by_kind ON alert_notices (kind, phase, made_at);

-- A row a cause: its id follows from its kind, its subject and since when it is so.
CREATE TABLE alerts (
    id uuid NOT NULL PRIMARY KEY,
    kind text NOT NULL,
    subject text NOT NULL,
    since timestamptz NOT NULL,
    donation_id uuid,
    job_id uuid,
    detail text,
    noted_at timestamptz NOT NULL,
    ended_at timestamptz,
    -- What is still to be told of it.
    tell text,
    -- The mails that told of it.
    begun_notice uuid REFERENCES alert_notices (id),
    over_notice uuid REFERENCES alert_notices (id),
    CONSTRAINT alerts_kind_known CHECK (
        kind IN (
            'review', 'day_differs', 'job_parked', 'gateway_down', 'webhooks_silent', 'brake_pulled', 'daily_summary'
        )
    ),
    CONSTRAINT alerts_subject_length CHECK (length(subject) BETWEEN 1 AND 512),
    CONSTRAINT alerts_detail_length CHECK (length(detail) BETWEEN 1 AND 500),
    CONSTRAINT alerts_tell_known CHECK (tell IN ('begun', 'over')),
    CONSTRAINT alerts_over_once_begun CHECK (
        tell IS NULL OR (tell = 'over') = (begun_notice IS NOT NULL AND ended_at IS NOT NULL AND over_notice IS NULL)
    )
);

CREATE UNIQUE INDEX alerts_by_cause ON alerts (kind, subject, since);
CREATE INDEX alerts_open ON alerts (kind) WHERE ended_at IS NULL;
CREATE INDEX alerts_to_tell ON alerts (kind, tell) WHERE tell IS NOT NULL;
CREATE INDEX alerts_by_begun_notice ON alerts (begun_notice) WHERE begun_notice IS NOT NULL;
CREATE INDEX alerts_by_over_notice ON alerts (over_notice) WHERE over_notice IS NOT NULL;

-- What is found without looking at all that ever was.
CREATE INDEX deliveries_by_last_copy ON deliveries (last_received_at);
CREATE INDEX timeline_entries_by_kind ON timeline_entries (kind, at);
CREATE INDEX reconciliation_differences_open ON reconciliation_differences (day) WHERE NOT settled;
CREATE INDEX accounts_that_see_all ON accounts (role) WHERE role <> 'donor';

-- Mails to operators among the jobs. Tables whose CHECKs grow are made anew, on both databases alike.
CREATE TEMPORARY TABLE old_jobs AS SELECT * FROM jobs;
DROP TABLE jobs;

CREATE TABLE jobs (
    -- A function of the change and the kind, so that one cause queues its work once. Of an account's mail: a new one. Of a
    -- mail to operators: a function of the notice and the recipient.
    id uuid NOT NULL PRIMARY KEY,
    donation_id uuid REFERENCES donations (id),
    -- The version of the donation that queued it.
    donation_version bigint,
    -- Whose it is where it is no donation's; NULL if it is nobody's: no account has the address, or it is gone.
    account_id uuid REFERENCES accounts (id),
    kind text NOT NULL,
    -- Which refund it is about, where it is about one.
    refund_id uuid,
    status text NOT NULL,
    -- Not to be tried before; while somebody is at it, when somebody else may. Of one that has ended, when it did.
    run_at timestamptz NOT NULL,
    attempts bigint NOT NULL,
    created_at timestamptz NOT NULL,
    -- What the last try came to.
    note text,
    CONSTRAINT jobs_version_counts_up CHECK (donation_version >= 0),
    CONSTRAINT jobs_kind_known CHECK (
        kind IN (
            'send_certificate', 'send_certificate_again', 'tell_of_decline', 'tell_of_refund', 'refund_duplicate',
            'confirm_email', 'reset_password', 'tell_operators'
        )
    ),
    CONSTRAINT jobs_of_a_donation_or_an_account CHECK (
        (kind IN ('confirm_email', 'reset_password', 'tell_operators')) = (donation_id IS NULL)
    ),
    CONSTRAINT jobs_version_with_the_donation CHECK ((donation_id IS NULL) = (donation_version IS NULL)),
    CONSTRAINT jobs_account_where_no_donation CHECK (account_id IS NULL OR donation_id IS NULL),
    CONSTRAINT jobs_refund_where_about_one CHECK ((kind = 'tell_of_refund') = (refund_id IS NOT NULL)),
    CONSTRAINT jobs_status_known CHECK (status IN ('queued', 'done', 'parked')),
    CONSTRAINT jobs_attempts_count_up CHECK (attempts >= 0),
    CONSTRAINT jobs_note_length CHECK (length(note) BETWEEN 1 AND 500)
);

INSERT INTO jobs (id, donation_id, donation_version, account_id, kind, refund_id, status, run_at, attempts, created_at, note)
SELECT id, donation_id, donation_version, account_id, kind, refund_id, status, run_at, attempts, created_at, note
FROM old_jobs;
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
CREATE INDEX jobs_parked_since ON jobs (run_at) WHERE status = 'parked';

-- What a job that tells operators says, and to which address if it is not an account's.
CREATE TABLE alert_mails (
    job_id uuid NOT NULL PRIMARY KEY REFERENCES jobs (id),
    notice_id uuid NOT NULL REFERENCES alert_notices (id),
    address text,
    CONSTRAINT alert_mails_address_length CHECK (length(address) BETWEEN 3 AND 254)
);
