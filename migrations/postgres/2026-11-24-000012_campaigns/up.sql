-- Campaigns with their pictures, the title that a donation keeps, and what it takes to add up quickly what was given.

CREATE TABLE campaigns (
    slug text NOT NULL PRIMARY KEY,
    -- Campaigns are listed by it, smallest first.
    position bigint NOT NULL,
    title_kk text NOT NULL,
    title_ru text NOT NULL,
    title_en text NOT NULL,
    text_kk text NOT NULL,
    text_ru text NOT NULL,
    text_en text NOT NULL,
    -- Names of campaign_pictures, often the same three times; NULL without a picture.
    picture_kk text,
    picture_ru text,
    picture_en text,
    -- What is on them.
    alt_kk text,
    alt_ru text,
    alt_en text,
    -- Whole tenge, here and below.
    price_per_tree bigint NOT NULL,
    goal bigint,
    -- A list of numbers.
    presets jsonb NOT NULL,
    -- Donations are taken from the one, NULL: ever, until the other, NULL: for ever.
    starts_at timestamptz,
    ends_at timestamptz,
    version bigint NOT NULL,
    CONSTRAINT campaigns_slug_length CHECK (length(slug) BETWEEN 1 AND 64),
    CONSTRAINT campaigns_position_in_range CHECK (position BETWEEN 0 AND 4294967295),
    CONSTRAINT campaigns_title_length CHECK (
        length(title_kk) BETWEEN 1 AND 200 AND length(title_ru) BETWEEN 1 AND 200 AND length(title_en) BETWEEN 1 AND 200
    ),
    CONSTRAINT campaigns_text_length CHECK (
        length(text_kk) <= 4000 AND length(text_ru) <= 4000 AND length(text_en) <= 4000
    ),
    CONSTRAINT campaigns_picture_length CHECK (
        length(picture_kk) = 32 AND length(picture_ru) = 32 AND length(picture_en) = 32
    ),
    CONSTRAINT campaigns_alt_length CHECK (
        length(alt_kk) BETWEEN 1 AND 300 AND length(alt_ru) BETWEEN 1 AND 300 AND length(alt_en) BETWEEN 1 AND 300
    ),
    CONSTRAINT campaigns_picture_in_every_language CHECK (
        (picture_kk IS NULL) = (picture_ru IS NULL) AND (picture_kk IS NULL) = (picture_en IS NULL)
    ),
    CONSTRAINT campaigns_picture_with_alt CHECK (
        (picture_kk IS NULL) = (alt_kk IS NULL)
        AND (picture_kk IS NULL) = (alt_ru IS NULL)
        AND (picture_kk IS NULL) = (alt_en IS NULL)
    ),
    CONSTRAINT campaigns_price_per_tree_is_positive CHECK (price_per_tree > 0),
    CONSTRAINT campaigns_goal_is_positive CHECK (goal > 0),
    CONSTRAINT campaigns_end_after_they_begin CHECK (ends_at > starts_at),
    CONSTRAINT campaigns_version_counts_up CHECK (version >= 0)
);

CREATE TABLE campaign_pictures (
    campaign text NOT NULL REFERENCES campaigns (slug),
    -- Digits of the hash of the bytes.
    name text NOT NULL,
    kind text NOT NULL,
    bytes bytea NOT NULL,
    PRIMARY KEY (campaign, name),
    CONSTRAINT campaign_pictures_name_length CHECK (length(name) = 32),
    CONSTRAINT campaign_pictures_kind_known CHECK (kind IN ('image/png', 'image/jpeg', 'image/webp', 'image/svg+xml')),
    CONSTRAINT campaign_pictures_bytes_length CHECK (length(bytes) BETWEEN 1 AND 1048576)
);

-- The campaign's title in the donation's language when the donation was made. Of what an earlier version took, the title of the
-- campaign that it came with is known; of any other, the slug is all that is.
ALTER TABLE donations ADD COLUMN campaign_title text NOT NULL DEFAULT '—'
    CONSTRAINT donations_campaign_title_length CHECK (length(campaign_title) BETWEEN 1 AND 200);
UPDATE donations SET campaign_title = CASE
    WHEN campaign <> 'trees' THEN campaign
    WHEN language = 'kk' THEN 'Ағаш отырғызу'
    WHEN language = 'ru' THEN 'Посадка деревьев'
    ELSE 'Planting trees'
END;
ALTER TABLE donations ALTER COLUMN campaign_title DROP DEFAULT;

-- What was given for a campaign is added up over these rows alone, and from the index alone; SQLite wants the status in it for that.
CREATE INDEX donations_paid ON donations (
    test_mode, campaign, amount, refunded_amount, trees, price_per_tree, donor_email_key, status
) WHERE status IN ('completed', 'partially_refunded');

-- What was given last for a campaign.
CREATE INDEX donations_paid_last ON donations (
    test_mode, campaign, completed_at DESC, id DESC
) WHERE status IN ('completed', 'partially_refunded');
