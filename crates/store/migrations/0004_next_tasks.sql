-- The task that follows on one that repeats and was done.
ALTER TABLE tasks ADD COLUMN next_id BIGINT REFERENCES tasks (id);
