-- Campaigns that are made, changed and closed while the server runs, drafts among them; and the name on a certificate, corrected.

-- Not public yet.
ALTER TABLE campaigns ADD COLUMN draft boolean NOT NULL DEFAULT false;
-- Whether a donation was ever made under it, whatever became of that. Then its price stays, and it is no draft.
ALTER TABLE campaigns ADD COLUMN donated_under boolean NOT NULL DEFAULT false;
UPDATE campaigns SET donated_under = true WHERE EXISTS (SELECT 1 FROM donations WHERE donations.campaign = campaigns.slug);

-- A donation that is made says so of its campaign, which holds the campaign's row until the donation is kept.
CREATE FUNCTION donations_fix_their_campaign() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE campaigns SET donated_under = true WHERE slug = NEW.campaign AND NOT donated_under;
    RETURN NULL;
END
$$;
CREATE TRIGGER donations_fix_their_campaign AFTER INSERT ON donations
    FOR EACH ROW EXECUTE FUNCTION donations_fix_their_campaign();

-- So does a campaign that comes after donations of its slug.
CREATE FUNCTION campaigns_know_their_donations() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE campaigns SET donated_under = true
    WHERE slug = NEW.slug AND EXISTS (SELECT 1 FROM donations WHERE campaign = NEW.slug);
    RETURN NULL;
END
$$;
CREATE TRIGGER campaigns_know_their_donations AFTER INSERT ON campaigns
    FOR EACH ROW EXECUTE FUNCTION campaigns_know_their_donations();

CREATE FUNCTION campaigns_keep_their_price() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.donated_under AND (NEW.price_per_tree <> OLD.price_per_tree OR NEW.draft OR NOT NEW.donated_under) THEN
        RAISE EXCEPTION 'donations have been made under this campaign: its price stays, and it is no draft';
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER campaigns_keep_their_price AFTER UPDATE ON campaigns
    FOR EACH ROW EXECUTE FUNCTION campaigns_keep_their_price();

ALTER TABLE timeline_entries
    DROP CONSTRAINT timeline_entries_kind_known,
    ADD CONSTRAINT timeline_entries_kind_known CHECK (
        kind IN (
            'donation.created', 'payment.started', 'order.created', 'payment.captured', 'payment.mismatched',
            'payment.declined', 'order.ended', 'donation.cancelled', 'refund.requested', 'refund.pending',
            'refund.succeeded', 'refund.failed', 'review.resolved', 'receipt.requested', 'certificate.renamed',
            'donation.joined', 'donation.erased'
        )
    );
