-- The words come folded (words.rs), so they become lexemes as they are: no parser, no dictionary,
-- no extension.

ALTER TABLE tasks ADD COLUMN search TSVECTOR
    GENERATED ALWAYS AS (array_to_tsvector(string_to_array(words, ' '))) STORED;
CREATE INDEX tasks_search ON tasks USING GIN (search);

ALTER TABLE chat_messages ADD COLUMN search TSVECTOR
    GENERATED ALWAYS AS (array_to_tsvector(string_to_array(words, ' '))) STORED;
CREATE INDEX chat_messages_search ON chat_messages USING GIN (search);
