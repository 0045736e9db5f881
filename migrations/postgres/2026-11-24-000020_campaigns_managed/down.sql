DROP TRIGGER campaigns_keep_their_price ON campaigns;
DROP FUNCTION campaigns_keep_their_price();
DROP TRIGGER campaigns_know_their_donations ON campaigns;
DROP FUNCTION campaigns_know_their_donations();
DROP TRIGGER donations_fix_their_campaign ON donations;
DROP FUNCTION donations_fix_their_campaign();
-- What the version before does not know is no draft there: it is not open, either.
UPDATE campaigns SET starts_at = NULL, ends_at = 'epoch' WHERE draft;
ALTER TABLE campaigns DROP COLUMN donated_under;
ALTER TABLE campaigns DROP COLUMN draft;

DELETE FROM timeline_entries WHERE kind = 'certificate.renamed';
ALTER TABLE timeline_entries
    DROP CONSTRAINT timeline_entries_kind_known,
    ADD CONSTRAINT timeline_entries_kind_known CHECK (
        kind IN (
            'donation.created', 'payment.started', 'order.created', 'payment.captured', 'payment.mismatched',
            'payment.declined', 'order.ended', 'donation.cancelled', 'refund.requested', 'refund.pending',
            'refund.succeeded', 'refund.failed', 'review.resolved', 'receipt.requested', 'donation.joined',
            'donation.erased'
        )
    );
