DROP INDEX refunds_pending;
DROP INDEX donations_paid_by_day;
DROP INDEX donations_begun;
