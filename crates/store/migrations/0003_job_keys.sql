-- The newest job of a file is asked for whenever somebody looks at the file.
CREATE INDEX jobs_key ON jobs (dedupe, id);
