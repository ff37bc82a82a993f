-- Times are microseconds since 1970, in UTC. JSON is text.

CREATE TABLE flow_run (
  id              TEXT PRIMARY KEY,
  name            TEXT NOT NULL,
  flow            TEXT NOT NULL,
  deployment      TEXT,
  pool            TEXT,              -- null: only the process that made it runs it
  queue           TEXT,
  priority        INTEGER NOT NULL,  -- lower goes first
  version         TEXT,              -- of the code; only the same goes on with a run that was begun
  source          TEXT,              -- where the code is: a file, for runs without a deployment
  parameters      TEXT NOT NULL,     -- a JSON object
  tags            TEXT NOT NULL,     -- a JSON array
  parent          TEXT,              -- of a subflow: the run that called it
  root            TEXT,              -- of a subflow: the outermost run, whose lease is its own
  path            TEXT,              -- of a subflow: which call in its parent
  interval_from   BIGINT,            -- of a scheduled run: the data interval
  interval_to     BIGINT,
  idempotency_key TEXT UNIQUE,
  state_type      TEXT NOT NULL,
  state_name      TEXT NOT NULL,
  state_at        BIGINT NOT NULL,
  state_message   TEXT NOT NULL,
  due_at          BIGINT NOT NULL,   -- when it may be taken; of a suspended run, looked at again
  wanted          TEXT,              -- what somebody asked of it: CANCEL, PAUSE
  attempt         INTEGER NOT NULL,  -- which try this is; 0 before the first
  crashes         INTEGER NOT NULL,  -- how often in a row its process was lost without progress
  generation      INTEGER NOT NULL,  -- grows when it is run again from the start
  fence           BIGINT NOT NULL,
  lease_owner     TEXT,
  lease_until     BIGINT,
  result          TEXT,
  error           TEXT,
  created_at      BIGINT NOT NULL,
  started_at      BIGINT,
  ended_at        BIGINT
);
CREATE INDEX flow_run_due ON flow_run (pool, priority, due_at, id)
  WHERE state_type IN ('SCHEDULED', 'PAUSED') AND pool IS NOT NULL;
CREATE INDEX flow_run_lease ON flow_run (lease_until) WHERE lease_until IS NOT NULL;
CREATE INDEX flow_run_created ON flow_run (created_at, id);
CREATE INDEX flow_run_flow ON flow_run (flow, created_at);
CREATE INDEX flow_run_state_created ON flow_run (state_name, created_at);
CREATE INDEX flow_run_deployment ON flow_run (deployment, created_at);
CREATE INDEX flow_run_name ON flow_run (name);
CREATE INDEX flow_run_parent ON flow_run (parent) WHERE parent IS NOT NULL;
CREATE INDEX flow_run_root ON flow_run (root) WHERE root IS NOT NULL;

CREATE TABLE flow_run_tag (
  tag      TEXT NOT NULL,
  flow_run TEXT NOT NULL REFERENCES flow_run (id) ON DELETE CASCADE,
  PRIMARY KEY (tag, flow_run)
);
CREATE INDEX flow_run_tag_run ON flow_run_tag (flow_run);

CREATE TABLE flow_run_state (
  id       ${serial},
  flow_run TEXT NOT NULL REFERENCES flow_run (id) ON DELETE CASCADE,
  name     TEXT NOT NULL,
  at       BIGINT NOT NULL,
  message  TEXT NOT NULL
);
CREATE INDEX flow_run_state_run ON flow_run_state (flow_run, id);

CREATE TABLE task_run (
  id            TEXT PRIMARY KEY,
  flow_run      TEXT NOT NULL REFERENCES flow_run (id) ON DELETE CASCADE,
  generation    INTEGER NOT NULL,
  path          TEXT NOT NULL,       -- which call in the run: 000003/000000
  name          TEXT NOT NULL,       -- extract-0
  task          TEXT NOT NULL,       -- extract
  tags          TEXT NOT NULL,
  child         TEXT,                -- of a subflow: its flow run
  state_type    TEXT NOT NULL,
  state_name    TEXT NOT NULL,
  state_at      BIGINT NOT NULL,
  state_message TEXT NOT NULL,
  attempt       INTEGER NOT NULL,
  due_at        BIGINT,              -- of one that waits: until when
  result        TEXT,
  error         TEXT,
  summary       TEXT,                -- of a pipeline: its figures, as JSON
  created_at    BIGINT NOT NULL,
  started_at    BIGINT,
  ended_at      BIGINT,
  UNIQUE (flow_run, generation, path)
);

CREATE TABLE task_run_state (
  id       ${serial},
  task_run TEXT NOT NULL REFERENCES task_run (id) ON DELETE CASCADE,
  name     TEXT NOT NULL,
  at       BIGINT NOT NULL,
  message  TEXT NOT NULL
);
CREATE INDEX task_run_state_run ON task_run_state (task_run, id);

CREATE TABLE task_cache (
  key        TEXT PRIMARY KEY,
  task_run   TEXT NOT NULL,
  result     TEXT,
  created_at BIGINT NOT NULL,
  expires_at BIGINT                  -- null: never
);

CREATE TABLE log (
  id       ${serial},
  flow_run TEXT NOT NULL REFERENCES flow_run (id) ON DELETE CASCADE,
  task_run TEXT,
  at       BIGINT NOT NULL,
  level    TEXT NOT NULL,
  logger   TEXT NOT NULL,
  text     TEXT NOT NULL
);
CREATE INDEX log_run ON log (flow_run, id);

CREATE TABLE artifact (
  id          TEXT PRIMARY KEY,
  flow_run    TEXT REFERENCES flow_run (id) ON DELETE CASCADE,
  task_run    TEXT,
  kind        TEXT NOT NULL,         -- table, markdown, link, progress, image
  key         TEXT,                  -- the same key: versions of the same thing
  description TEXT NOT NULL,
  data        TEXT NOT NULL,         -- a JSON value
  created_at  BIGINT NOT NULL,
  updated_at  BIGINT NOT NULL
);
CREATE INDEX artifact_run ON artifact (flow_run);
CREATE INDEX artifact_key ON artifact (key, created_at);

-- On PostgreSQL each process counts its transactions here, to know of one whose COMMIT was not
-- answered whether it happened.
CREATE TABLE writer (
  id      TEXT PRIMARY KEY,
  commits BIGINT NOT NULL,
  at      BIGINT NOT NULL
);
