DROP TABLE timeline_entries;
DROP TABLE refunds;
DROP TABLE attempts;
DROP TABLE donation_reviews;
DROP TABLE donations;
