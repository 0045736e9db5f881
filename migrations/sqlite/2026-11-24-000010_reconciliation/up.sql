-- The daily comparison with the gateway's books: a row a day, and what differs.
-- Instants are microseconds since 1970-01-01 UTC; a CHECK named native_… stands in for a type that PostgreSQL has.

CREATE TABLE reconciliations (
    -- By the charity's clocks: 2026-11-24.
    day TEXT NOT NULL PRIMARY KEY,
    status TEXT NOT NULL,
    -- Counts how often the day was taken, so that whoever lost it writes nothing more.
    turn INTEGER NOT NULL,
    lease_until INTEGER,
    started_at INTEGER NOT NULL,
    finished_at INTEGER,
    -- How often in a row it broke off, and when it is due again.
    failures INTEGER NOT NULL,
    retry_at INTEGER,
    ours_orders INTEGER NOT NULL,
    ours_paid INTEGER NOT NULL,
    ours_paid_amount INTEGER NOT NULL,
    ours_refunds INTEGER NOT NULL,
    ours_refunded_amount INTEGER NOT NULL,
    gateway_orders INTEGER NOT NULL,
    gateway_paid INTEGER NOT NULL,
    gateway_paid_amount INTEGER NOT NULL,
    gateway_refunds INTEGER NOT NULL,
    gateway_refunded_amount INTEGER NOT NULL,
    foreign_orders INTEGER NOT NULL,
    CONSTRAINT reconciliations_day_length CHECK (length(day) = 10),
    CONSTRAINT reconciliations_status_known CHECK (status IN ('running', 'done', 'failed')),
    CONSTRAINT reconciliations_turn_counts_from_one CHECK (turn BETWEEN 1 AND 4294967295),
    CONSTRAINT reconciliations_leased_while_running CHECK ((status = 'running') = (lease_until IS NOT NULL)),
    CONSTRAINT reconciliations_finished_once_done CHECK ((status = 'done') = (finished_at IS NOT NULL)),
    CONSTRAINT reconciliations_failures_count_up CHECK (failures BETWEEN 0 AND 4294967295),
    CONSTRAINT reconciliations_retried_once_failed CHECK ((status = 'failed') = (retry_at IS NOT NULL)),
    CONSTRAINT reconciliations_ours_count_up CHECK (
        ours_orders >= 0 AND ours_paid >= 0 AND ours_paid_amount >= 0 AND ours_refunds >= 0
        AND ours_refunded_amount >= 0
    ),
    CONSTRAINT reconciliations_gateways_count_up CHECK (
        gateway_orders >= 0 AND gateway_paid >= 0 AND gateway_paid_amount >= 0 AND gateway_refunds >= 0
        AND gateway_refunded_amount >= 0 AND foreign_orders >= 0
    )
) STRICT;

CREATE TABLE reconciliation_differences (
    day TEXT NOT NULL REFERENCES reconciliations (day),
    kind TEXT NOT NULL,
    order_id TEXT NOT NULL,
    -- Empty where it is the order itself that differs.
    refund_id TEXT NOT NULL,
    -- May be one that is not there: that is what differs then.
    donation_id TEXT,
    ours TEXT,
    gateway TEXT,
    settled INTEGER NOT NULL,
    PRIMARY KEY (day, kind, order_id, refund_id),
    CONSTRAINT reconciliation_differences_kind_known CHECK (
        kind IN (
            'missing_here', 'missing_there', 'paid_there_only', 'paid_here_only', 'amount_differs',
            'refund_missing_here', 'refund_missing_there', 'refund_amount_differs', 'refund_status_differs'
        )
    ),
    CONSTRAINT reconciliation_differences_order_id_length CHECK (length(order_id) BETWEEN 1 AND 255),
    CONSTRAINT reconciliation_differences_refund_id_length CHECK (length(refund_id) <= 255),
    CONSTRAINT reconciliation_differences_refund_id_of_refunds CHECK ((kind LIKE 'refund%') = (refund_id <> '')),
    CONSTRAINT reconciliation_differences_ours_length CHECK (length(ours) BETWEEN 1 AND 255),
    CONSTRAINT reconciliation_differences_gateway_length CHECK (length(gateway) BETWEEN 1 AND 255),
    CONSTRAINT native_reconciliation_differences_donation_id CHECK (length(donation_id) = 36),
    CONSTRAINT native_reconciliation_differences_settled CHECK (settled IN (0, 1))
) STRICT;

-- What is ours of a day.
CREATE INDEX attempts_by_started_at ON attempts (started_at);
CREATE INDEX refunds_by_created_at ON refunds (created_at);
