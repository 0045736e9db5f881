-- Donations and what belongs to them. The state machine stands here once more: a row that it cannot bring about is
-- refused.
-- Instants are microseconds since 1970-01-01 UTC; a CHECK named native_… stands in for a type that PostgreSQL has.

CREATE TABLE donations (
    id TEXT NOT NULL PRIMARY KEY,
    account_id TEXT REFERENCES accounts (id),
    donor_name TEXT NOT NULL,
    donor_email TEXT NOT NULL,
    -- Whole tenge, here and below.
    amount INTEGER NOT NULL,
    trees INTEGER NOT NULL,
    price_per_tree INTEGER NOT NULL,
    campaign TEXT NOT NULL,
    message TEXT,
    certificate_name TEXT,
    anonymous INTEGER NOT NULL,
    language TEXT NOT NULL,
    test_mode INTEGER NOT NULL,
    status TEXT NOT NULL,
    completed_at INTEGER,
    -- 0 before a refund, all of the amount once it is refunded: a sum over rows needs no case by status.
    refunded_amount INTEGER NOT NULL,
    decline_reason TEXT,
    decline_gateway_code TEXT,
    declined_at INTEGER,
    cancelled_by_donor_at INTEGER,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    version INTEGER NOT NULL,
    CONSTRAINT donations_donor_name_length CHECK (length(donor_name) BETWEEN 1 AND 120),
    CONSTRAINT donations_donor_email_length CHECK (length(donor_email) BETWEEN 3 AND 254),
    CONSTRAINT donations_amount_is_positive CHECK (amount > 0),
    CONSTRAINT donations_trees_in_range CHECK (trees BETWEEN 0 AND 4294967295),
    CONSTRAINT donations_price_per_tree_is_positive CHECK (price_per_tree > 0),
    CONSTRAINT donations_campaign_length CHECK (length(campaign) BETWEEN 1 AND 64),
    CONSTRAINT donations_message_length CHECK (length(message) BETWEEN 1 AND 500),
    CONSTRAINT donations_certificate_name_length CHECK (length(certificate_name) BETWEEN 1 AND 120),
    CONSTRAINT donations_language_known CHECK (language IN ('kk', 'ru', 'en')),
    CONSTRAINT donations_status_known CHECK (
        status IN ('pending', 'awaiting_payment', 'failed', 'cancelled', 'completed', 'partially_refunded', 'refunded')
    ),
    CONSTRAINT donations_completed_at_once_paid CHECK (
        (status IN ('completed', 'partially_refunded', 'refunded')) = (completed_at IS NOT NULL)
    ),
    CONSTRAINT donations_refunded_amount_in_range CHECK (refunded_amount BETWEEN 0 AND amount),
    CONSTRAINT donations_refunded_in_part CHECK (
        (status = 'partially_refunded') = (refunded_amount > 0 AND refunded_amount < amount)
    ),
    CONSTRAINT donations_refunded_whole CHECK ((status = 'refunded') = (refunded_amount = amount)),
    CONSTRAINT donations_decline_reason_known CHECK (
        decline_reason IN (
            'not_enough_money', 'limit_exceeded', 'card_data', 'not_confirmed', 'bank_refused', 'technical_fault',
            'payer_cancelled', 'unknown'
        )
    ),
    CONSTRAINT donations_decline_reason_while_failed CHECK ((status = 'failed') = (decline_reason IS NOT NULL)),
    CONSTRAINT donations_declined_at_while_failed CHECK ((status = 'failed') = (declined_at IS NOT NULL)),
    CONSTRAINT donations_gateway_code_while_failed CHECK (status = 'failed' OR decline_gateway_code IS NULL),
    CONSTRAINT donations_gateway_code_length CHECK (length(decline_gateway_code) <= 255),
    CONSTRAINT donations_version_counts_up CHECK (version >= 0),
    CONSTRAINT native_donations_id CHECK (length(id) = 36),
    CONSTRAINT native_donations_account_id CHECK (length(account_id) = 36),
    CONSTRAINT native_donations_anonymous CHECK (anonymous IN (0, 1)),
    CONSTRAINT native_donations_test_mode CHECK (test_mode IN (0, 1))
) STRICT;

-- An account's own donations, newest first.
CREATE INDEX donations_by_account ON donations (account_id, created_at DESC, id DESC);

-- What a person must look at.
CREATE TABLE donation_reviews (
    donation_id TEXT NOT NULL REFERENCES donations (id),
    review TEXT NOT NULL,
    PRIMARY KEY (donation_id, review),
    CONSTRAINT donation_reviews_review_known CHECK (review IN ('amount_mismatch', 'paid_twice', 'paid_late')),
    CONSTRAINT native_donation_reviews_donation_id CHECK (length(donation_id) = 36)
) STRICT;

CREATE TABLE attempts (
    donation_id TEXT NOT NULL REFERENCES donations (id),
    number INTEGER NOT NULL,
    external_id TEXT NOT NULL,
    order_id TEXT,
    checkout_url TEXT,
    state TEXT NOT NULL,
    payment_id TEXT,
    paid_at INTEGER,
    heard INTEGER NOT NULL,
    started_at INTEGER NOT NULL,
    due_at INTEGER NOT NULL,
    PRIMARY KEY (donation_id, number),
    CONSTRAINT attempts_number_in_range CHECK (number BETWEEN 1 AND 4294967295),
    CONSTRAINT attempts_external_id_length CHECK (length(external_id) BETWEEN 1 AND 255),
    CONSTRAINT attempts_order_id_length CHECK (length(order_id) BETWEEN 1 AND 255),
    CONSTRAINT attempts_checkout_url_length CHECK (length(checkout_url) BETWEEN 1 AND 2048),
    CONSTRAINT attempts_state_known CHECK (state IN ('prepared', 'open', 'ended', 'paid', 'mismatched')),
    CONSTRAINT attempts_paid_at_once_captured CHECK ((state IN ('paid', 'mismatched')) = (paid_at IS NOT NULL)),
    CONSTRAINT attempts_payment_id_once_captured CHECK (state IN ('paid', 'mismatched') OR payment_id IS NULL),
    CONSTRAINT attempts_payment_id_length CHECK (length(payment_id) BETWEEN 1 AND 255),
    CONSTRAINT native_attempts_donation_id CHECK (length(donation_id) = 36),
    CONSTRAINT native_attempts_heard CHECK (heard IN (0, 1))
) STRICT;

-- At the gateway each is unique too: no two attempts may ever stand for one order.
CREATE UNIQUE INDEX attempts_by_external_id ON attempts (external_id);
CREATE UNIQUE INDEX attempts_by_order_id ON attempts (order_id);

CREATE TABLE refunds (
    donation_id TEXT NOT NULL,
    gateway_id TEXT NOT NULL,
    -- Counts the donation's refunds in the order of their arrival, from 0.
    position INTEGER NOT NULL,
    attempt_number INTEGER NOT NULL,
    amount INTEGER NOT NULL,
    status TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (donation_id, gateway_id),
    FOREIGN KEY (donation_id, attempt_number) REFERENCES attempts (donation_id, number),
    CONSTRAINT refunds_gateway_id_length CHECK (length(gateway_id) BETWEEN 1 AND 255),
    CONSTRAINT refunds_position_counts_up CHECK (position >= 0),
    CONSTRAINT refunds_amount_is_positive CHECK (amount > 0),
    CONSTRAINT refunds_status_known CHECK (status IN ('pending', 'succeeded', 'failed')),
    CONSTRAINT native_refunds_donation_id CHECK (length(donation_id) = 36)
) STRICT;

CREATE UNIQUE INDEX refunds_by_position ON refunds (donation_id, position);

-- Every version of a donation has its steps, counted from 0; sorted by the two, they are its story, oldest first.
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
    ),
    CONSTRAINT native_timeline_entries_donation_id CHECK (length(donation_id) = 36),
    CONSTRAINT native_timeline_entries_details CHECK (json_valid(details))
) STRICT;
