-- Campaigns that are made, changed and closed while the server runs, drafts among them; and the name on a certificate, corrected.

-- Not public yet.
ALTER TABLE campaigns ADD COLUMN draft INTEGER NOT NULL DEFAULT 0 CONSTRAINT native_campaigns_draft CHECK (draft IN (0, 1));
-- Whether a donation was ever made under it, whatever became of that. Then its price stays, and it is no draft.
ALTER TABLE campaigns ADD COLUMN donated_under INTEGER NOT NULL DEFAULT 0
    CONSTRAINT native_campaigns_donated_under CHECK (donated_under IN (0, 1));
UPDATE campaigns SET donated_under = 1 WHERE EXISTS (SELECT 1 FROM donations WHERE donations.campaign = campaigns.slug);

-- A donation that is made says so of its campaign, which holds the campaign's row until the donation is kept.
CREATE TRIGGER donations_fix_their_campaign AFTER INSERT ON donations
BEGIN
    UPDATE campaigns SET donated_under = 1 WHERE slug = NEW.campaign AND donated_under = 0;
END;
-- So does a campaign that comes after donations of its slug.
CREATE TRIGGER campaigns_know_their_donations AFTER INSERT ON campaigns
WHEN EXISTS (SELECT 1 FROM donations WHERE campaign = NEW.slug)
BEGIN
    UPDATE campaigns SET donated_under = 1 WHERE slug = NEW.slug;
END;
CREATE TRIGGER campaigns_keep_their_price AFTER UPDATE ON campaigns
WHEN OLD.donated_under = 1 AND (NEW.price_per_tree <> OLD.price_per_tree OR NEW.draft = 1 OR NEW.donated_under = 0)
BEGIN
    SELECT RAISE(ABORT, 'donations have been made under this campaign: its price stays, and it is no draft');
END;

-- A table whose CHECK grows is made anew.
CREATE TEMPORARY TABLE old_timeline_entries AS SELECT * FROM timeline_entries;
DROP TABLE timeline_entries;

CREATE TABLE timeline_entries (
    donation_id TEXT NOT NULL REFERENCES donations (id),
    donation_version INTEGER NOT NULL,
    step INTEGER NOT NULL,
    at INTEGER NOT NULL,
    kind TEXT NOT NULL,
    actor TEXT NOT NULL,
    request_id TEXT,
    from_status TEXT NOT NULL,
    to_status TEXT NOT NULL,
    details TEXT NOT NULL,
    PRIMARY KEY (donation_id, donation_version, step),
    CONSTRAINT timeline_entries_version_counts_up CHECK (donation_version >= 0),
    CONSTRAINT timeline_entries_step_counts_up CHECK (step >= 0),
    CONSTRAINT timeline_entries_kind_known CHECK (
        kind IN (
            'donation.created', 'payment.started', 'order.created', 'payment.captured', 'payment.mismatched',
            'payment.declined', 'order.ended', 'donation.cancelled', 'refund.requested', 'refund.pending',
            'refund.succeeded', 'refund.failed', 'review.resolved', 'receipt.requested', 'certificate.renamed',
            'donation.joined', 'donation.erased'
        )
    ),
    CONSTRAINT timeline_entries_actor_known CHECK (
        actor IN ('guest', 'gateway', 'system') OR (length(actor) = 44 AND actor LIKE 'account:%')
    ),
    CONSTRAINT timeline_entries_request_id_length CHECK (length(request_id) <= 255),
    CONSTRAINT timeline_entries_from_known CHECK (
        from_status IN (
            'pending', 'awaiting_payment', 'failed', 'cancelled', 'completed', 'partially_refunded', 'refunded'
        )
    ),
    CONSTRAINT timeline_entries_to_known CHECK (
        to_status IN (
            'pending', 'awaiting_payment', 'failed', 'cancelled', 'completed', 'partially_refunded', 'refunded'
        )
    ),
    CONSTRAINT native_timeline_entries_donation_id CHECK (length(donation_id) = 36),
    CONSTRAINT native_timeline_entries_details CHECK (json_valid(details))
) STRICT;

INSERT INTO timeline_entries (donation_id, donation_version, step, at, kind, actor, request_id, from_status, to_status, details)
SELECT donation_id, donation_version, step, at, kind, actor, request_id, from_status, to_status, details
FROM old_timeline_entries;
DROP TABLE old_timeline_entries;
CREATE INDEX timeline_entries_by_kind ON timeline_entries (kind, at);
