CREATE TEMPORARY TABLE old_timeline_entries AS SELECT * FROM timeline_entries;
DROP TABLE timeline_entries;

CREATE TABLE timeline_entries (
    donation_id uuid NOT NULL REFERENCES donations (id),
    donation_version bigint NOT NULL,
    step bigint NOT NULL,
    at timestamptz NOT NULL,
    kind text NOT NULL,
    actor text NOT NULL,
    request_id text,
    from_status text NOT NULL,
    to_status text NOT NULL,
    details jsonb NOT NULL,
    PRIMARY KEY (donation_id, donation_version, step),
    CONSTRAINT timeline_entries_version_counts_up CHECK (donation_version >= 0),
    CONSTRAINT timeline_entries_step_counts_up CHECK (step >= 0),
    CONSTRAINT timeline_entries_kind_known CHECK (
        kind IN (
            'donation.created', 'payment.started', 'order.created', 'payment.captured', 'payment.mismatched',
            'payment.declined', 'order.ended', 'donation.cancelled', 'refund.succeeded', 'refund.failed'
        )
    ),
    CONSTRAINT timeline_entries_actor_known CHECK (
        actor IN ('guest', 'gateway', 'system') OR (length(actor) = 44 AND actor LIKE 'account:%')
    ),
    CONSTRAINT timeline_entries_request_id_length CHECK (length(request_id) <= 255),
    CONSTRAINT timeline_entries_from_known CHECK (
        from_status IN (
            'pending', 'awaiting_payment', 'failed', 'cancelled', 'completed', 'partially_refunded', 'refunded'
        )
    ),
    CONSTRAINT timeline_entries_to_known CHECK (
        to_status IN (
            'pending', 'awaiting_payment', 'failed', 'cancelled', 'completed', 'partially_refunded', 'refunded'
        )
    )
);

INSERT INTO timeline_entries (donation_id, donation_version, step, at, kind, actor, request_id, from_status, to_status, details)
SELECT donation_id, donation_version, step, at, kind, actor, request_id, from_status, to_status, details
FROM old_timeline_entries
WHERE kind NOT IN ('refund.requested', 'refund.pending', 'review.resolved');
DROP TABLE old_timeline_entries;

CREATE TEMPORARY TABLE old_donation_reviews AS SELECT * FROM donation_reviews;
DROP TABLE donation_reviews;

CREATE TABLE donation_reviews (
    donation_id uuid NOT NULL REFERENCES donations (id),
    review text NOT NULL,
    PRIMARY KEY (donation_id, review),
    CONSTRAINT donation_reviews_review_known CHECK (review IN ('amount_mismatch', 'paid_twice', 'paid_late'))
);

INSERT INTO donation_reviews (donation_id, review)
SELECT DISTINCT donation_id, review
FROM old_donation_reviews
WHERE resolved_at IS NULL;
DROP TABLE old_donation_reviews;

CREATE TEMPORARY TABLE old_refunds AS SELECT * FROM refunds;
DROP TABLE refunds;

CREATE TABLE refunds (
    donation_id uuid NOT NULL,
    gateway_id text NOT NULL,
    -- Counts the donation's refunds in the order of their arrival, from 0.
    position bigint NOT NULL,
    attempt_number bigint NOT NULL,
    amount bigint NOT NULL,
    status text NOT NULL,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (donation_id, gateway_id),
    FOREIGN KEY (donation_id, attempt_number) REFERENCES attempts (donation_id, number),
    CONSTRAINT refunds_gateway_id_length CHECK (length(gateway_id) BETWEEN 1 AND 255),
    CONSTRAINT refunds_position_counts_up CHECK (position >= 0),
    CONSTRAINT refunds_amount_is_positive CHECK (amount > 0),
    CONSTRAINT refunds_status_known CHECK (status IN ('pending', 'succeeded', 'failed'))
);

INSERT INTO refunds (donation_id, gateway_id, position, attempt_number, amount, status, created_at)
SELECT donation_id, gateway_id, position, attempt_number, amount, status, created_at
FROM old_refunds
WHERE gateway_id IS NOT NULL;
DROP TABLE old_refunds;

CREATE UNIQUE INDEX refunds_by_position ON refunds (donation_id, position);
