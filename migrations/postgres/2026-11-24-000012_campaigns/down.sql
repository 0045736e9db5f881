DROP INDEX donations_paid_last;
DROP INDEX donations_paid;
ALTER TABLE donations DROP COLUMN campaign_title;
DROP TABLE campaign_pictures;
DROP TABLE campaigns;
