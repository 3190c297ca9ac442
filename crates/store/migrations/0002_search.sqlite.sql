-- The words come folded (words.rs), so the tokenizer only has to cut them at blanks.

CREATE VIRTUAL TABLE tasks_search USING fts5(
    words, content = 'tasks', content_rowid = 'id',
    tokenize = "unicode61 remove_diacritics 0 categories 'L* N* M* Co'"
);
INSERT INTO tasks_search (rowid, words) SELECT id, words FROM tasks;
CREATE TRIGGER tasks_search_insert AFTER INSERT ON tasks BEGIN
    INSERT INTO tasks_search (rowid, words) VALUES (new.id, new.words);
END;
CREATE TRIGGER tasks_search_delete AFTER DELETE ON tasks BEGIN
    INSERT INTO tasks_search (tasks_search, rowid, words) VALUES ('delete', old.id, old.words);
END;
CREATE TRIGGER tasks_search_update AFTER UPDATE OF words ON tasks WHEN old.words <> new.words BEGIN
    INSERT INTO tasks_search (tasks_search, rowid, words) VALUES ('delete', old.id, old.words);
    INSERT INTO tasks_search (rowid, words) VALUES (new.id, new.words);
END;

CREATE VIRTUAL TABLE chat_messages_search USING fts5(
    words, content = 'chat_messages', content_rowid = 'id',
    tokenize = "unicode61 remove_diacritics 0 categories 'L* N* M* Co'"
);
INSERT INTO chat_messages_search (rowid, words) SELECT id, words FROM chat_messages;
CREATE TRIGGER chat_messages_search_insert AFTER INSERT ON chat_messages BEGIN
    INSERT INTO chat_messages_search (rowid, words) VALUES (new.id, new.words);
END;
CREATE TRIGGER chat_messages_search_delete AFTER DELETE ON chat_messages BEGIN
    INSERT INTO chat_messages_search (chat_messages_search, rowid, words)
    VALUES ('delete', old.id, old.words);
END;
CREATE TRIGGER chat_messages_search_update AFTER UPDATE OF words ON chat_messages
WHEN old.words <> new.words BEGIN
    INSERT INTO chat_messages_search (chat_messages_search, rowid, words)
    VALUES ('delete', old.id, old.words);
    INSERT INTO chat_messages_search (rowid, words) VALUES (new.id, new.words);
END;
