DROP INDEX refunds_pending;
DROP INDEX timeline_entries_declines;
DROP INDEX donations_paid_by_day;
DROP INDEX donations_begun;
