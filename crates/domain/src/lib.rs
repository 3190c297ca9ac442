//! What users, tasks, conversations, messages, questions, files and model calls are.
