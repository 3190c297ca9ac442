-- The message whose words, or whose answer's, a task comes from: whoever reads a session sees what was kept.
ALTER TABLE tasks ADD COLUMN message_id BIGINT;
CREATE INDEX tasks_message ON tasks (message_id);
