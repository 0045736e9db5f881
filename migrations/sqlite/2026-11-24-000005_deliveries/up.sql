-- Webhooks as they came, each kept once however often it was delivered.
-- Instants are microseconds since 1970-01-01 UTC; a CHECK named native_… stands in for a type that PostgreSQL has.

CREATE TABLE deliveries (
    id TEXT NOT NULL PRIMARY KEY,
    dedup_key TEXT NOT NULL,
    dialect TEXT NOT NULL,
    event TEXT NOT NULL,
    donation_id TEXT REFERENCES donations (id),
    outcome TEXT NOT NULL,
    body TEXT NOT NULL,
    received_at INTEGER NOT NULL,
    last_received_at INTEGER NOT NULL,
    request_id TEXT,
    copies INTEGER NOT NULL,
    CONSTRAINT deliveries_dedup_key_length CHECK (length(dedup_key) BETWEEN 1 AND 255),
    CONSTRAINT deliveries_dialect_length CHECK (length(dialect) BETWEEN 1 AND 64),
    CONSTRAINT deliveries_event_length CHECK (length(event) <= 255),
    CONSTRAINT deliveries_outcome_known CHECK (outcome IN ('applied', 'ignored', 'unmatched')),
    CONSTRAINT deliveries_applied_to_a_donation CHECK (outcome <> 'applied' OR donation_id IS NOT NULL),
    CONSTRAINT deliveries_request_id_length CHECK (length(request_id) <= 255),
    CONSTRAINT deliveries_copies_in_range CHECK (copies BETWEEN 1 AND 4294967295),
    CONSTRAINT native_deliveries_id CHECK (length(id) = 36),
    CONSTRAINT native_deliveries_donation_id CHECK (length(donation_id) = 36)
) STRICT;

CREATE UNIQUE INDEX deliveries_by_dedup_key ON deliveries (dedup_key);
CREATE INDEX deliveries_by_donation ON deliveries (donation_id);
