-- Moments are microseconds since 1970 in UTC, ids of the uuid kind and JSON are text.

CREATE TABLE users (
    id {text} PRIMARY KEY,
    email {text} NOT NULL,
    -- The address as it is compared, in small letters.
    email_key {text} NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    is_active BOOLEAN NOT NULL
);
CREATE UNIQUE INDEX users_email ON users (email_key) WHERE is_active;
CREATE INDEX users_created ON users (created_at, id);

CREATE TABLE model_versions (
    id {text} PRIMARY KEY,
    provider {text} NOT NULL,
    model_name {text} NOT NULL,
    version_tag {text} NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    is_active BOOLEAN NOT NULL
);
CREATE INDEX model_versions_created ON model_versions (created_at, id);

CREATE TABLE conversations (
    id {text} PRIMARY KEY,
    user_id {text} NOT NULL REFERENCES users (id),
    model_version_id {text} NOT NULL REFERENCES model_versions (id),
    prompt {text} NOT NULL,
    response {text} NOT NULL,
    temperature DOUBLE PRECISION,
    top_p DOUBLE PRECISION,
    max_tokens BIGINT,
    input_tokens BIGINT,
    output_tokens BIGINT,
    total_tokens BIGINT,
    latency_ms BIGINT,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    is_active BOOLEAN NOT NULL
);
CREATE INDEX conversations_user ON conversations (user_id, created_at);
CREATE INDEX conversations_model_version ON conversations (model_version_id);
CREATE INDEX conversations_created ON conversations (created_at, id);

CREATE TABLE tasks (
    id {identity},
    summary {text} NOT NULL,
    description {text},
    category {text} NOT NULL,
    area {text},
    priority {text} NOT NULL CHECK (priority IN ('low', 'medium', 'high', 'urgent')),
    status {text} NOT NULL CHECK (status IN ('pending', 'in_progress', 'completed', 'cancelled')),
    user_id {text},
    assignee {text},
    -- The moment that orders deadlines; beside it the day, where it is a day.
    due_at BIGINT,
    due_day {text},
    recurrence {text},
    tags {text} NOT NULL,
    metadata {text} NOT NULL,
    ai_suggestion {text},
    evidence {text},
    parent_id BIGINT REFERENCES tasks (id),
    -- The words of the summary, and of everything, as the search sees them (words.rs).
    summary_words {text} NOT NULL,
    words {text} NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    completed_at BIGINT,
    deleted_at BIGINT
);
CREATE INDEX tasks_user ON tasks (user_id, id);
CREATE INDEX tasks_status ON tasks (status, id);
CREATE INDEX tasks_priority ON tasks (priority, id);
CREATE INDEX tasks_category ON tasks (category, id);
CREATE INDEX tasks_due ON tasks (due_at);
CREATE INDEX tasks_created ON tasks (created_at DESC);
CREATE INDEX tasks_parent ON tasks (parent_id);

CREATE TABLE task_dependencies (
    task_id BIGINT NOT NULL REFERENCES tasks (id),
    depends_on BIGINT NOT NULL REFERENCES tasks (id),
    PRIMARY KEY (task_id, depends_on),
    CHECK (task_id <> depends_on)
);
CREATE INDEX task_dependencies_on ON task_dependencies (depends_on);

CREATE TABLE chat_messages (
    id {identity},
    user_id {text},
    session_id {text},
    kind {text} NOT NULL,
    status {text} NOT NULL,
    message {text} NOT NULL,
    response {text} NOT NULL,
    model {text},
    -- Seconds.
    response_time DOUBLE PRECISION,
    tokens_used BIGINT,
    context {text},
    metadata {text} NOT NULL,
    message_words {text} NOT NULL,
    words {text} NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);
CREATE INDEX chat_messages_user ON chat_messages (user_id, id);
CREATE INDEX chat_messages_session ON chat_messages (session_id, id);

CREATE TABLE uploaded_files (
    id {text} PRIMARY KEY,
    user_id {text},
    filename {text} NOT NULL,
    original_filename {text} NOT NULL,
    file_size BIGINT NOT NULL,
    content_type {text} NOT NULL,
    file_path {text} NOT NULL,
    sha256 {text} NOT NULL,
    description {text},
    processing_status {text} NOT NULL,
    processing_result {text},
    metadata {text} NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    deleted_at BIGINT
);
CREATE INDEX uploaded_files_user ON uploaded_files (user_id, created_at);
CREATE INDEX uploaded_files_created ON uploaded_files (created_at, id);
CREATE INDEX uploaded_files_hash ON uploaded_files (sha256);

CREATE TABLE questions (
    id {identity},
    question_text {text} NOT NULL,
    category {text} NOT NULL,
    difficulty {text} NOT NULL,
    role {text} NOT NULL,
    -- The role as it is compared, in small letters.
    role_key {text} NOT NULL,
    expected_answer_points {text} NOT NULL,
    time_limit_seconds BIGINT NOT NULL,
    provider_name {text},
    generation_metadata {text} NOT NULL,
    usage_count BIGINT NOT NULL DEFAULT 0,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    deleted_at BIGINT
);
CREATE UNIQUE INDEX questions_once ON questions (role_key, difficulty, question_text);
CREATE INDEX questions_category ON questions (category);
CREATE INDEX questions_kind ON questions (role_key, difficulty, category);

CREATE TABLE llm_calls (
    id {text} PRIMARY KEY,
    request_id {text} NOT NULL,
    user_id {text},
    purpose {text} NOT NULL,
    provider {text} NOT NULL,
    model_type {text} NOT NULL,
    model {text} NOT NULL,
    status {text} NOT NULL,
    error_class {text},
    input_tokens BIGINT,
    output_tokens BIGINT,
    characters BIGINT NOT NULL,
    usage_estimated BOOLEAN NOT NULL,
    cost_micros BIGINT,
    latency_ms BIGINT NOT NULL,
    first_token_ms BIGINT,
    created_at BIGINT NOT NULL
);
CREATE INDEX llm_calls_created ON llm_calls (created_at, id);

CREATE TABLE ai_provider_usage (
    provider_name {text} NOT NULL,
    -- A UTC day as 2026-03-10.
    date {text} NOT NULL,
    request_count BIGINT NOT NULL,
    character_count BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    PRIMARY KEY (provider_name, date)
);
CREATE INDEX ai_provider_usage_date ON ai_provider_usage (date);

CREATE TABLE cache_entries (
    namespace {text} NOT NULL,
    key {text} NOT NULL,
    value {text} NOT NULL,
    expires_at BIGINT NOT NULL,
    PRIMARY KEY (namespace, key)
);
CREATE INDEX cache_entries_expiry ON cache_entries (expires_at);

CREATE TABLE states (
    key {text} PRIMARY KEY,
    value {text} NOT NULL,
    updated_at BIGINT NOT NULL
);

CREATE TABLE jobs (
    id {identity},
    kind {text} NOT NULL,
    payload {text} NOT NULL,
    state {text} NOT NULL,
    attempts BIGINT NOT NULL,
    max_attempts BIGINT NOT NULL,
    run_at BIGINT NOT NULL,
    lease_until BIGINT,
    worker {text},
    last_error {text},
    result {text},
    dedupe {text},
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX jobs_dedupe ON jobs (dedupe) WHERE state IN ('ready', 'running');
CREATE INDEX jobs_ready ON jobs (run_at, id) WHERE state = 'ready';
CREATE INDEX jobs_running ON jobs (lease_until) WHERE state = 'running';
CREATE INDEX jobs_state ON jobs (state, kind);
