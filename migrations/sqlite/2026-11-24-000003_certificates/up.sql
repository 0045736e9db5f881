-- Certificates and the counters behind their numbers.
-- Instants are microseconds since 1970-01-01 UTC; a CHECK named native_… stands in for a type that PostgreSQL has.

CREATE TABLE certificates (
    number TEXT NOT NULL PRIMARY KEY,
    series TEXT NOT NULL,
    year INTEGER NOT NULL,
    sequence INTEGER NOT NULL,
    donation_id TEXT NOT NULL REFERENCES donations (id),
    -- The version of the donation that brought it about: the highest is the donation's latest.
    donation_version INTEGER NOT NULL,
    name TEXT NOT NULL,
    trees INTEGER NOT NULL,
    issued_at INTEGER NOT NULL,
    status TEXT NOT NULL,
    CONSTRAINT certificates_number_names_its_series CHECK (number LIKE series || '-%'),
    CONSTRAINT certificates_series_known CHECK (series IN ('TREE', 'TEST')),
    CONSTRAINT certificates_year_in_range CHECK (year BETWEEN 2000 AND 9999),
    CONSTRAINT certificates_sequence_counts_from_one CHECK (sequence > 0),
    CONSTRAINT certificates_version_counts_up CHECK (donation_version >= 0),
    CONSTRAINT certificates_name_length CHECK (length(name) BETWEEN 1 AND 120),
    CONSTRAINT certificates_trees_in_range CHECK (trees BETWEEN 0 AND 4294967295),
    CONSTRAINT certificates_status_known CHECK (status IN ('valid', 'replaced', 'withdrawn')),
    CONSTRAINT native_certificates_donation_id CHECK (length(donation_id) = 36)
) STRICT;

CREATE UNIQUE INDEX certificates_by_sequence ON certificates (series, year, sequence);
CREATE UNIQUE INDEX certificates_by_donation ON certificates (donation_id, donation_version);
-- Two certificates must never stand for the same money.
CREATE UNIQUE INDEX certificates_one_valid_a_donation ON certificates (donation_id) WHERE status = 'valid';

-- The last number given out. A row and no database sequence: a number that is rolled back is given to the next.
CREATE TABLE certificate_sequences (
    series TEXT NOT NULL,
    year INTEGER NOT NULL,
    last INTEGER NOT NULL,
    PRIMARY KEY (series, year),
    CONSTRAINT certificate_sequences_series_known CHECK (series IN ('TREE', 'TEST')),
    CONSTRAINT certificate_sequences_year_in_range CHECK (year BETWEEN 2000 AND 9999),
    CONSTRAINT certificate_sequences_last_counts_from_one CHECK (last > 0)
) STRICT;
