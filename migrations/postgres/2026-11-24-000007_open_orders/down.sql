DROP INDEX attempts_to_check;
ALTER TABLE attempts DROP COLUMN next_check_at;
