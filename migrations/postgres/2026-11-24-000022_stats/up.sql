-- What it takes to add up by day what was begun and paid, however much is kept, and to count what waits for a person.

-- What was begun, and how much of it has been paid: from the index alone.
CREATE INDEX donations_begun ON donations (test_mode, created_at, completed_at);

-- What was paid, from the index alone; SQLite wants the columns of the condition in it for that.
CREATE INDEX donations_paid_by_day ON donations (
    test_mode, completed_at, amount, refunded_amount, trees, price_per_tree, donor_email_key
) WHERE completed_at IS NOT NULL;

CREATE INDEX refunds_pending ON refunds (created_at) WHERE status = 'pending';
