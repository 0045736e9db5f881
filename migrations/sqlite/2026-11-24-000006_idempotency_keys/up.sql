-- Answers to requests that may be repeated. A key without an answer belongs to a request that is being carried out.
-- Instants are microseconds since 1970-01-01 UTC; a CHECK named native_… stands in for a type that PostgreSQL has.

CREATE TABLE idempotency_keys (
    caller TEXT NOT NULL,
    key TEXT NOT NULL,
    -- SHA-256 of the request.
    fingerprint BLOB NOT NULL,
    started_at INTEGER NOT NULL,
    answer_status INTEGER,
    answer_headers TEXT,
    answer_body BLOB,
    expires_at INTEGER,
    PRIMARY KEY (caller, key),
    CONSTRAINT idempotency_keys_caller_length CHECK (length(caller) BETWEEN 1 AND 255),
    CONSTRAINT idempotency_keys_key_length CHECK (length(key) BETWEEN 1 AND 255),
    CONSTRAINT idempotency_keys_fingerprint_length CHECK (length(fingerprint) = 32),
    CONSTRAINT idempotency_keys_answer_status_in_range CHECK (answer_status BETWEEN 100 AND 599),
    CONSTRAINT idempotency_keys_headers_with_status CHECK ((answer_status IS NULL) = (answer_headers IS NULL)),
    CONSTRAINT idempotency_keys_body_with_status CHECK ((answer_status IS NULL) = (answer_body IS NULL)),
    CONSTRAINT idempotency_keys_end_with_status CHECK ((answer_status IS NULL) = (expires_at IS NULL)),
    CONSTRAINT native_idempotency_keys_answer_headers CHECK (json_valid(answer_headers))
) STRICT;
