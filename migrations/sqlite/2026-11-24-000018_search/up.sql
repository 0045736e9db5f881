-- What donations are found by, and the orders in which an operator's lists come.
-- A CHECK named native_… stands in for a type that PostgreSQL has.

-- Lower-case texts, each of which begins where a word begins. The code writes them with the donation's own row.
CREATE TABLE donation_terms (
    donation_id TEXT NOT NULL REFERENCES donations (id),
    term TEXT NOT NULL,
    PRIMARY KEY (donation_id, term),
    CONSTRAINT donation_terms_term_length CHECK (length(term) BETWEEN 1 AND 64),
    CONSTRAINT native_donation_terms_donation_id CHECK (length(donation_id) = 36)
) STRICT, WITHOUT ROWID;

-- In the order of the letters' bytes, so that what begins alike stands together.
CREATE INDEX donation_terms_by_term ON donation_terms (term, donation_id);

-- Whether its terms have been written. Those of the rows that are there now are written after the migrations.
ALTER TABLE donations ADD COLUMN indexed INTEGER NOT NULL DEFAULT 0 CONSTRAINT native_donations_indexed CHECK (indexed IN (0, 1));
CREATE INDEX donations_to_index ON donations (id) WHERE NOT indexed;

-- Newest first: all, those of one state, those of one campaign. What they may be narrowed by stands behind, so that rows that are
-- not wanted are passed over within the index.
CREATE INDEX donations_by_age ON donations (created_at DESC, id DESC, status, campaign, amount);
CREATE INDEX donations_by_status ON donations (status, created_at DESC, id DESC, campaign, amount);
CREATE INDEX donations_by_campaign ON donations (campaign, created_at DESC, id DESC, status, amount);

-- What waits for a person, and whose it is.
DROP INDEX donation_reviews_open;
CREATE INDEX donation_reviews_open ON donation_reviews (review, donation_id) WHERE resolved_at IS NULL;

-- Newest first: all, those of one outcome, those about one donation.
CREATE INDEX deliveries_by_age ON deliveries (received_at DESC, id DESC);
CREATE INDEX deliveries_by_outcome ON deliveries (outcome, received_at DESC, id DESC);
DROP INDEX deliveries_by_donation;
CREATE INDEX deliveries_by_donation ON deliveries (donation_id, received_at DESC, id DESC);

-- One for each state, so that none of them looks fit for taking what is due.
CREATE INDEX jobs_queued_by_age ON jobs (created_at DESC, id DESC) WHERE status = 'queued';
CREATE INDEX jobs_done_by_age ON jobs (created_at DESC, id DESC) WHERE status = 'done';
CREATE INDEX jobs_parked_by_age ON jobs (created_at DESC, id DESC) WHERE status = 'parked';
