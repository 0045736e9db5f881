-- Against the testing of stolen cards: who began to pay, how payments ended, and the brake. No address and no e-mail address
-- stands here, only what the server's secret makes of them, and none of it for longer than some days.
-- Instants are microseconds since 1970-01-01 UTC; a CHECK named native_… stands in for a type that PostgreSQL has.

CREATE TABLE payment_clients (
    donation_id TEXT NOT NULL PRIMARY KEY REFERENCES donations (id),
    client BLOB NOT NULL,
    email BLOB NOT NULL,
    seen_at INTEGER NOT NULL,
    CONSTRAINT payment_clients_client_length CHECK (length(client) = 16),
    CONSTRAINT payment_clients_email_length CHECK (length(email) = 16),
    CONSTRAINT native_payment_clients_donation_id CHECK (length(donation_id) = 36)
) STRICT;

CREATE INDEX payment_clients_by_age ON payment_clients (seen_at);

CREATE TABLE payment_outcomes (
    -- The delivery that told of it, so that none counts twice.
    delivery_id TEXT NOT NULL PRIMARY KEY,
    donation_id TEXT NOT NULL REFERENCES donations (id),
    outcome TEXT NOT NULL,
    heard_at INTEGER NOT NULL,
    -- NULL if nobody is on record who began the payment.
    client BLOB,
    email BLOB,
    CONSTRAINT payment_outcomes_outcome_known CHECK (outcome IN ('declined', 'captured')),
    CONSTRAINT payment_outcomes_client_length CHECK (length(client) = 16),
    CONSTRAINT payment_outcomes_email_length CHECK (length(email) = 16),
    CONSTRAINT native_payment_outcomes_delivery_id CHECK (length(delivery_id) = 36),
    CONSTRAINT native_payment_outcomes_donation_id CHECK (length(donation_id) = 36)
) STRICT;

-- Each is counted from the index alone.
CREATE INDEX payment_outcomes_of_all ON payment_outcomes (heard_at, outcome);
CREATE INDEX payment_outcomes_by_client ON payment_outcomes (client, heard_at, outcome);
CREATE INDEX payment_outcomes_by_email ON payment_outcomes (email, heard_at, outcome);
CREATE INDEX payment_outcomes_by_donation ON payment_outcomes (donation_id, heard_at, outcome);

-- One row, once somebody has set it.
CREATE TABLE payment_brake (
    name TEXT NOT NULL PRIMARY KEY,
    pulled INTEGER NOT NULL,
    reason TEXT,
    changed_at INTEGER NOT NULL,
    changed_by TEXT NOT NULL,
    CONSTRAINT payment_brake_is_one CHECK (name = 'payments'),
    CONSTRAINT payment_brake_reason_length CHECK (length(reason) BETWEEN 1 AND 500),
    CONSTRAINT payment_brake_changed_by_length CHECK (length(changed_by) BETWEEN 1 AND 44),
    CONSTRAINT native_payment_brake_pulled CHECK (pulled IN (0, 1))
) STRICT;
