-- When the gateway is to be asked again how an attempt's order stands; NULL if there is nothing left to ask. While
-- somebody is asking, it is the time at which somebody else may.

ALTER TABLE attempts ADD COLUMN next_check_at timestamptz
    CONSTRAINT attempts_nothing_to_ask_once_settled CHECK (next_check_at IS NULL OR state IN ('prepared', 'open'));

-- Whatever has been left open so far is asked about at once.
UPDATE attempts SET next_check_at = started_at WHERE state IN ('prepared', 'open');

CREATE INDEX attempts_to_check ON attempts (next_check_at) WHERE next_check_at IS NOT NULL;
