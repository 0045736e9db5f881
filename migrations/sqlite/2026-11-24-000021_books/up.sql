-- The books of a period: what was paid, completed and certified in it.

-- How many differences of a day are not listed, because there were too many.
ALTER TABLE reconciliations ADD COLUMN differences_left_out INTEGER NOT NULL DEFAULT 0
    CONSTRAINT reconciliations_left_out_counts_up CHECK (differences_left_out >= 0);

CREATE INDEX attempts_by_paid_at ON attempts (paid_at) WHERE paid_at IS NOT NULL;
CREATE INDEX donations_by_completed_at ON donations (completed_at) WHERE completed_at IS NOT NULL;
