-- Against the testing of stolen cards: who began to pay, how payments ended, and the brake. No address and no e-mail address
-- stands here, only what the server's secret makes of them, and none of it for longer than some days.

CREATE TABLE payment_clients (
    donation_id uuid NOT NULL PRIMARY KEY REFERENCES donations (id),
    client bytea NOT NULL,
    email bytea NOT NULL,
    seen_at timestamptz NOT NULL,
    CONSTRAINT payment_clients_client_length CHECK (length(client) = 16),
    CONSTRAINT payment_clients_email_length CHECK (length(email) = 16)
);

CREATE INDEX payment_clients_by_age ON payment_clients (seen_at);

CREATE TABLE payment_outcomes (
    -- The delivery that told of it, so that none counts twice.
    delivery_id uuid NOT NULL PRIMARY KEY,
    donation_id uuid NOT NULL REFERENCES donations (id),
    outcome text NOT NULL,
    heard_at timestamptz NOT NULL,
    -- NULL if nobody is on record who began the payment.
    client bytea,
    email bytea,
    CONSTRAINT payment_outcomes_outcome_known CHECK (outcome IN ('declined', 'captured')),
    CONSTRAINT payment_outcomes_client_length CHECK (length(client) = 16),
    CONSTRAINT payment_outcomes_email_length CHECK (length(email) = 16)
);

-- Each is counted from the index alone.
CREATE INDEX payment_outcomes_of_all ON payment_outcomes (heard_at, outcome);
CREATE INDEX payment_outcomes_by_client ON payment_outcomes (client, heard_at, outcome);
CREATE INDEX payment_outcomes_by_email ON payment_outcomes (email, heard_at, outcome);
CREATE INDEX payment_outcomes_by_donation ON payment_outcomes (donation_id, heard_at, outcome);

-- One row, once somebody has set it.
CREATE TABLE payment_brake (
    name text NOT NULL PRIMARY KEY,
    pulled boolean NOT NULL,
    reason text,
    changed_at timestamptz NOT NULL,
    changed_by text NOT NULL,
    CONSTRAINT payment_brake_is_one CHECK (name = 'payments'),
    CONSTRAINT payment_brake_reason_length CHECK (length(reason) BETWEEN 1 AND 500),
    CONSTRAINT payment_brake_changed_by_length CHECK (length(changed_by) BETWEEN 1 AND 44)
);
