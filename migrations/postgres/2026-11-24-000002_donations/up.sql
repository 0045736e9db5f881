-- Donations and what belongs to them. The state machine stands here once more: a row that it cannot bring about is
-- refused.

CREATE TABLE donations (
    id uuid NOT NULL PRIMARY KEY,
    account_id uuid REFERENCES accounts (id),
    donor_name text NOT NULL,
    donor_email text NOT NULL,
    -- Whole tenge, here and below.
    amount bigint NOT NULL,
    trees bigint NOT NULL,
    price_per_tree bigint NOT NULL,
    campaign text NOT NULL,
    message text,
    certificate_name text,
    anonymous boolean NOT NULL,
    language text NOT NULL,
    test_mode boolean NOT NULL,
    status text NOT NULL,
    completed_at timestamptz,
    -- 0 before a refund, all of the amount once it is refunded: a sum over rows needs no case by status.
    refunded_amount bigint NOT NULL,
    decline_reason text,
    decline_gateway_code text,
    declined_at timestamptz,
    cancelled_by_donor_at timestamptz,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    version bigint NOT NULL,
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
    CONSTRAINT donations_version_counts_up CHECK (version >= 0)
);

-- An account's own donations, newest first.
CREATE INDEX donations_by_account ON donations (account_id, created_at DESC, id DESC);

-- What a person must look at.
CREATE TABLE donation_reviews (
    donation_id uuid NOT NULL REFERENCES donations (id),
    review text NOT NULL,
    PRIMARY KEY (donation_id, review),
    CONSTRAINT donation_reviews_review_known CHECK (review IN ('amount_mismatch', 'paid_twice', 'paid_late'))
);

CREATE TABLE attempts (
    donation_id uuid NOT NULL REFERENCES donations (id),
    number bigint NOT NULL,
    external_id text NOT NULL,
    order_id text,
    checkout_url text,
    state text NOT NULL,
    payment_id text,
    paid_at timestamptz,
    heard boolean NOT NULL,
    started_at timestamptz NOT NULL,
    due_at timestamptz NOT NULL,
    PRIMARY KEY (donation_id, number),
    CONSTRAINT attempts_number_in_range CHECK (number BETWEEN 1 AND 4294967295),
    CONSTRAINT attempts_external_id_length CHECK (length(external_id) BETWEEN 1 AND 255),
    CONSTRAINT attempts_order_id_length CHECK (length(order_id) BETWEEN 1 AND 255),
    CONSTRAINT attempts_checkout_url_length CHECK (length(checkout_url) BETWEEN 1 AND 2048),
    CONSTRAINT attempts_state_known CHECK (state IN ('prepared', 'open', 'ended', 'paid', 'mismatched')),
    CONSTRAINT attempts_paid_at_once_captured CHECK ((state IN ('paid', 'mismatched')) = (paid_at IS NOT NULL)),
    CONSTRAINT attempts_payment_id_once_captured CHECK (state IN ('paid', 'mismatched') OR payment_id IS NULL),
    CONSTRAINT attempts_payment_id_length CHECK (length(payment_id) BETWEEN 1 AND 255)
);

-- At the gateway each is unique too: no two attempts may ever stand for one order.
CREATE UNIQUE INDEX attempts_by_external_id ON attempts (external_id);
CREATE UNIQUE INDEX attempts_by_order_id ON attempts (order_id);

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

CREATE UNIQUE INDEX refunds_by_position ON refunds (donation_id, position);

-- Every version of a donation has its steps, counted from 0; sorted by the two, they are its story, oldest first.
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
