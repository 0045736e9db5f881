-- Refunds that we ask for: each has an id of ours, and is written down before the gateway is asked, so that its amount is spoken
-- for. Reviews that know what they are about, and how they ended. Tables whose CHECKs grow are made anew, on both databases
-- alike, because SQLite cannot alter one.
-- Instants are microseconds since 1970-01-01 UTC; a CHECK named native_… stands in for a type that PostgreSQL has.

CREATE TEMPORARY TABLE old_refunds AS SELECT * FROM refunds;
DROP TABLE refunds;

CREATE TABLE refunds (
    id TEXT NOT NULL PRIMARY KEY,
    donation_id TEXT NOT NULL,
    -- NULL until the gateway has answered.
    gateway_id TEXT,
    -- Counts the donation's refunds in the order of their arrival, from 0.
    position INTEGER NOT NULL,
    attempt_number INTEGER NOT NULL,
    amount INTEGER NOT NULL,
    status TEXT NOT NULL,
    -- Why we asked for it, and which payment goes back; NULL if we did not ask for it.
    reason TEXT,
    payment TEXT,
    created_at INTEGER NOT NULL,
    -- When the gateway is to be asked for it or about it; NULL once it is final. While somebody is asking, it is the time at
    -- which somebody else may.
    next_check_at INTEGER,
    FOREIGN KEY (donation_id, attempt_number) REFERENCES attempts (donation_id, number),
    CONSTRAINT refunds_gateway_id_length CHECK (length(gateway_id) BETWEEN 1 AND 255),
    CONSTRAINT refunds_position_counts_up CHECK (position >= 0),
    CONSTRAINT refunds_amount_is_positive CHECK (amount > 0),
    CONSTRAINT refunds_status_known CHECK (status IN ('pending', 'succeeded', 'failed')),
    CONSTRAINT refunds_reason_length CHECK (length(reason) BETWEEN 1 AND 255),
    CONSTRAINT refunds_payment_known CHECK (payment IN ('kept', 'superfluous')),
    CONSTRAINT refunds_payment_with_reason CHECK ((payment IS NULL) = (reason IS NULL)),
    CONSTRAINT refunds_asked_for_or_heard_of CHECK (gateway_id IS NOT NULL OR reason IS NOT NULL),
    CONSTRAINT refunds_success_has_a_name CHECK (status <> 'succeeded' OR gateway_id IS NOT NULL),
    CONSTRAINT refunds_asked_about_while_pending CHECK ((status = 'pending') = (next_check_at IS NOT NULL)),
    CONSTRAINT native_refunds_id CHECK (length(id) = 36),
    CONSTRAINT native_refunds_donation_id CHECK (length(donation_id) = 36)
) STRICT;

INSERT INTO refunds (id, donation_id, gateway_id, position, attempt_number, amount, status, created_at, next_check_at)
SELECT lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-a' || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6))), donation_id, gateway_id, position, attempt_number, amount, status, created_at,
    CASE status WHEN 'pending' THEN created_at END
FROM old_refunds;
DROP TABLE old_refunds;

CREATE UNIQUE INDEX refunds_by_gateway_id ON refunds (donation_id, gateway_id);
CREATE INDEX refunds_by_position ON refunds (donation_id, position);
CREATE INDEX refunds_to_check ON refunds (next_check_at) WHERE next_check_at IS NOT NULL;

CREATE TEMPORARY TABLE old_donation_reviews AS SELECT * FROM donation_reviews;
DROP TABLE donation_reviews;

CREATE TABLE donation_reviews (
    donation_id TEXT NOT NULL REFERENCES donations (id),
    review TEXT NOT NULL,
    -- What it is about within the donation: an attempt, a refund.
    subject TEXT NOT NULL,
    raised_at INTEGER NOT NULL,
    resolved_at INTEGER,
    resolved_by TEXT,
    note TEXT,
    PRIMARY KEY (donation_id, review, subject),
    CONSTRAINT donation_reviews_review_known CHECK (review IN ('amount_mismatch', 'paid_twice', 'paid_late')),
    CONSTRAINT donation_reviews_subject_length CHECK (length(subject) BETWEEN 1 AND 300),
    CONSTRAINT donation_reviews_resolved_by_somebody CHECK ((resolved_at IS NULL) = (resolved_by IS NULL)),
    CONSTRAINT donation_reviews_resolved_with_a_note CHECK ((resolved_at IS NULL) = (note IS NULL)),
    CONSTRAINT donation_reviews_resolved_by_known CHECK (
        resolved_by IN ('guest', 'gateway', 'system') OR (length(resolved_by) = 44 AND resolved_by LIKE 'account:%')
    ),
    CONSTRAINT donation_reviews_note_length CHECK (length(note) BETWEEN 1 AND 500),
    CONSTRAINT native_donation_reviews_donation_id CHECK (length(donation_id) = 36)
) STRICT;

INSERT INTO donation_reviews (donation_id, review, subject, raised_at)
SELECT old.donation_id, old.review, 'noted by an earlier version', donations.updated_at
FROM old_donation_reviews AS old JOIN donations ON donations.id = old.donation_id;
DROP TABLE old_donation_reviews;

-- What waits for a person.
CREATE INDEX donation_reviews_open ON donation_reviews (raised_at) WHERE resolved_at IS NULL;

CREATE TEMPORARY TABLE old_timeline_entries AS SELECT * FROM timeline_entries;
DROP TABLE timeline_entries;

CREATE TABLE timeline_entries (
    donation_id TEXT NOT NULL REFERENCES donations (id),
    donation_version INTEGER NOT NULL,
    step INTEGER NOT NULL,
    at INTEGER NOT NULL,
    kind TEXT NOT NULL,
    actor TEXT NOT NULL,
    request_id TEXT,
    from_status TEXT NOT NULL,
    to_status TEXT NOT NULL,
    details TEXT NOT NULL,
    PRIMARY KEY (donation_id, donation_version, step),
    CONSTRAINT timeline_entries_version_counts_up CHECK (donation_version >= 0),
    CONSTRAINT timeline_entries_step_counts_up CHECK (step >= 0),
    CONSTRAINT timeline_entries_kind_known CHECK (
        kind IN (
            'donation.created', 'payment.started', 'order.created', 'payment.captured', 'payment.mismatched',
            'payment.declined', 'order.ended', 'donation.cancelled', 'refund.requested', 'refund.pending',
            'refund.succeeded', 'refund.failed', 'review.resolved'
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
    ),
    CONSTRAINT native_timeline_entries_donation_id CHECK (length(donation_id) = 36),
    CONSTRAINT native_timeline_entries_details CHECK (json_valid(details))
) STRICT;

INSERT INTO timeline_entries (donation_id, donation_version, step, at, kind, actor, request_id, from_status, to_status, details)
SELECT donation_id, donation_version, step, at, kind, actor, request_id, from_status, to_status, details
FROM old_timeline_entries;
DROP TABLE old_timeline_entries;
