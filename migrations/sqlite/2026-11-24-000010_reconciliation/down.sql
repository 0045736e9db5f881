DROP INDEX refunds_by_created_at;
DROP INDEX attempts_by_started_at;
DROP TABLE reconciliation_differences;
DROP TABLE reconciliations;
