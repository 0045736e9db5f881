DROP INDEX donations_by_completed_at;
DROP INDEX attempts_by_paid_at;
ALTER TABLE reconciliations DROP COLUMN differences_left_out;
