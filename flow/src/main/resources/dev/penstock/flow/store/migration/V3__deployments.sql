CREATE TABLE code (
  version    TEXT PRIMARY KEY,
  kind       TEXT NOT NULL,          -- SOURCE, JAR, GIT
  entry      TEXT NOT NULL,          -- of a jar: the class of the flow; else the source file
  place      TEXT,                   -- of a jar: its path; of Git: the URL
  pin        TEXT,                   -- of a jar: its hash; of Git: the commit
  content    TEXT,                   -- of a source file: its text
  created_at BIGINT NOT NULL
);

CREATE TABLE work_pool (
  name              TEXT PRIMARY KEY,
  type              TEXT NOT NULL,   -- PROCESS, INLINE
  concurrency_limit INTEGER,         -- null: none
  paused            INTEGER NOT NULL,
  created_at        BIGINT NOT NULL
);

CREATE TABLE work_queue (
  pool              TEXT NOT NULL REFERENCES work_pool (name) ON DELETE CASCADE,
  name              TEXT NOT NULL,
  priority          INTEGER NOT NULL, -- lower goes first
  concurrency_limit INTEGER,
  paused            INTEGER NOT NULL,
  PRIMARY KEY (pool, name)
);

CREATE TABLE worker (
  name         TEXT PRIMARY KEY,
  instance     TEXT NOT NULL,        -- which process has the name
  pool         TEXT NOT NULL,
  version      TEXT NOT NULL,        -- of Penstock
  run_limit    INTEGER NOT NULL,     -- how many runs at once
  state        TEXT NOT NULL,        -- ONLINE, DRAINING
  lacks        TEXT NOT NULL,        -- a JSON array: versions of code that it cannot get
  started_at   BIGINT NOT NULL,
  heartbeat_at BIGINT NOT NULL,
  lease_until  BIGINT NOT NULL
);
CREATE INDEX worker_pool ON worker (pool);

CREATE TABLE deployment (
  id                TEXT PRIMARY KEY,
  flow              TEXT NOT NULL,
  name              TEXT NOT NULL,
  version           TEXT NOT NULL REFERENCES code (version),
  description       TEXT NOT NULL,
  parameters        TEXT NOT NULL,   -- a JSON object: what runs are called with unless told otherwise
  parameter_schema  TEXT,            -- a JSON schema
  tags              TEXT NOT NULL,
  pool              TEXT NOT NULL REFERENCES work_pool (name),
  queue             TEXT NOT NULL,
  job_variables     TEXT NOT NULL,   -- a JSON object of texts
  concurrency_limit INTEGER,
  collision         TEXT NOT NULL,   -- ENQUEUE, CANCEL_NEW, FAIL
  paused            INTEGER NOT NULL,
  created_at        BIGINT NOT NULL,
  updated_at        BIGINT NOT NULL,
  UNIQUE (flow, name)
);
CREATE INDEX deployment_version ON deployment (version);

-- A backfill is a schedule too: one whose ticks have passed, and that ends.
CREATE TABLE schedule (
  id         TEXT PRIMARY KEY,
  deployment TEXT NOT NULL REFERENCES deployment (id) ON DELETE CASCADE,
  backfill   INTEGER NOT NULL,
  spec       TEXT NOT NULL,          -- the rule with its zone, start and end
  parameters TEXT NOT NULL,          -- a JSON object, over those of the deployment
  catch_up   TEXT NOT NULL,          -- what becomes of missed ticks: ALL, LATEST, NONE
  max_active INTEGER,                -- how many of its runs may be unfinished at once; null: any
  jitter     BIGINT NOT NULL,        -- how much later than its tick a run may begin
  active     INTEGER NOT NULL,
  last_tick  BIGINT NOT NULL,        -- all ticks up to this time have been dealt with
  next_tick  BIGINT,                 -- null: to be found out
  ended      INTEGER NOT NULL,       -- there are no more ticks
  created_at BIGINT NOT NULL
);
CREATE INDEX schedule_deployment ON schedule (deployment);
CREATE INDEX schedule_next ON schedule (next_tick);

ALTER TABLE flow_run ADD COLUMN schedule TEXT;
ALTER TABLE flow_run ADD COLUMN tick BIGINT;
CREATE UNIQUE INDEX flow_run_tick ON flow_run (schedule, tick);
