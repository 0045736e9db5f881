-- Webhooks as they came, each kept once however often it was delivered.

CREATE TABLE deliveries (
    id uuid NOT NULL PRIMARY KEY,
    dedup_key text NOT NULL,
    dialect text NOT NULL,
    event text NOT NULL,
    donation_id uuid REFERENCES donations (id),
    outcome text NOT NULL,
    body text NOT NULL,
    received_at timestamptz NOT NULL,
    last_received_at timestamptz NOT NULL,
    request_id text,
    copies bigint NOT NULL,
    CONSTRAINT deliveries_dedup_key_length CHECK (length(dedup_key) BETWEEN 1 AND 255),
    CONSTRAINT deliveries_dialect_length CHECK (length(dialect) BETWEEN 1 AND 64),
    CONSTRAINT deliveries_event_length CHECK (length(event) <= 255),
    CONSTRAINT deliveries_outcome_known CHECK (outcome IN ('applied', 'ignored', 'unmatched')),
    CONSTRAINT deliveries_applied_to_a_donation CHECK (outcome <> 'applied' OR donation_id IS NOT NULL),
    CONSTRAINT deliveries_request_id_length CHECK (length(request_id) <= 255),
    CONSTRAINT deliveries_copies_in_range CHECK (copies BETWEEN 1 AND 4294967295)
);

CREATE UNIQUE INDEX deliveries_by_dedup_key ON deliveries (dedup_key);
CREATE INDEX deliveries_by_donation ON deliveries (donation_id);
