-- A hundred thousand donations and what belongs to them. Three in five are paid, one in a thousand is cancelled or for a small campaign, one
-- in five hundred waits for a person; a fifth is called Ivan, and nobody has the same last name as more than nine others.
INSERT INTO donations (
    id, donor_name, donor_email, donor_email_key, amount, trees, price_per_tree, campaign, campaign_title, anonymous, language,
    test_mode, status, completed_at, refunded_amount, created_at, updated_at, version, indexed
)
SELECT ('00000000-0000-0000-0000-' || lpad(n::text, 12, '0'))::uuid, 'Ivan', n || '@example.com', n || '@example.com',
    500 * (1 + n % 100), 10, 500, CASE WHEN n % 1000 = 0 THEN 'saxaul' ELSE 'trees' END, 'Trees', false, 'ru', false,
    CASE WHEN n % 1000 = 999 THEN 'cancelled' WHEN n % 5 < 3 THEN 'completed' ELSE 'pending' END,
    CASE WHEN n % 5 < 3 THEN timestamptz '2026-01-01' + n * interval '5 minutes' END, 0,
    timestamptz '2026-01-01' + n * interval '5 minutes', timestamptz '2026-01-01', 0, true
FROM generate_series(1, 100000) AS n;

INSERT INTO donation_terms (donation_id, term)
SELECT id, unnest(ARRAY[
    id::text, donor_email, 'example.com', 'surname' || (n / 10),
    CASE WHEN n % 5 = 0 THEN 'ivan' ELSE 'anna' END
])
FROM (SELECT id, donor_email, row_number() OVER (ORDER BY id) AS n FROM donations) AS numbered;

INSERT INTO donation_reviews (donation_id, review, subject, raised_at, resolved_at, resolved_by, note)
SELECT id, 'paid_late', 'attempt 1', created_at, resolved_at, CASE WHEN resolved_at IS NOT NULL THEN 'system' END,
    CASE WHEN resolved_at IS NOT NULL THEN 'seen' END
FROM (
    SELECT id, created_at, CASE WHEN right(id::text, 3) NOT IN ('250', '750') THEN updated_at END AS resolved_at
    FROM donations WHERE right(id::text, 1) = '0'
) AS flagged;

INSERT INTO deliveries (id, dedup_key, dialect, event, donation_id, outcome, body, received_at, last_received_at, copies)
SELECT id, id::text, 'ioka', 'PAYMENT_CAPTURED', id, CASE WHEN right(id::text, 2) = '00' THEN 'ignored' ELSE 'applied' END, '{}',
    created_at, created_at, 1
FROM donations;

INSERT INTO jobs (id, donation_id, donation_version, kind, status, run_at, attempts, created_at)
SELECT id, id, 0, 'send_certificate', 
    CASE WHEN right(id::text, 2) = '00' THEN 'parked' WHEN right(id::text, 2) = '50' THEN 'queued' ELSE 'done' END, created_at, 1,
    created_at
FROM donations;

INSERT INTO audit_entries (id, at, actor, account_id, role, action, outcome, details)
SELECT id, created_at, 'account', ('00000000-0000-0000-0000-' || lpad(right(id::text, 2), 12, '0'))::uuid, 'admin',
    CASE WHEN right(id::text, 2) = '07' THEN 'donation.refund' ELSE 'donation.read' END, 'done', '{}'
FROM donations;

-- A week of them is kept.
INSERT INTO payment_clients (donation_id, client, email, seen_at)
SELECT id, decode(md5(right(id::text, 4)), 'hex'), decode(md5(right(id::text, 4)), 'hex'), created_at
FROM donations ORDER BY id LIMIT 30000;
INSERT INTO payment_outcomes (delivery_id, donation_id, outcome, heard_at, client, email)
SELECT donation_id, donation_id, 'declined', timestamptz '2027-01-08' + (row_number() OVER ()) * interval '20 seconds', client, email
FROM payment_clients;
