-- Each slot of a limit is a row: there cannot be more holders than rows.

CREATE TABLE concurrency_limit (
  key        TEXT PRIMARY KEY,          -- its kind and name: tag db
  kind       TEXT NOT NULL,
  name       TEXT NOT NULL,
  title      TEXT NOT NULL,             -- what people call it
  slots      INTEGER NOT NULL,
  decay      BIGINT NOT NULL,           -- how long a slot stays taken after it was given back
  collision  TEXT NOT NULL,             -- what becomes of a run that finds no slot: ENQUEUE, CANCEL_NEW, FAIL
  grace      BIGINT NOT NULL,           -- how long it waits before it is cancelled, or fails
  created_at BIGINT NOT NULL
);

CREATE TABLE concurrency_slot (
  key      TEXT NOT NULL REFERENCES concurrency_limit (key) ON DELETE CASCADE,
  number   INTEGER NOT NULL,            -- from 1
  holder   TEXT,                        -- the id of a flow run or task run; null: nobody
  flow_run TEXT,                        -- by whose lease it is held
  label    TEXT,                        -- the holder, for people
  free_at  BIGINT NOT NULL,             -- of one that nobody holds: when it may be taken
  PRIMARY KEY (key, number)
);
CREATE UNIQUE INDEX concurrency_slot_holder ON concurrency_slot (holder, key) WHERE holder IS NOT NULL;
CREATE INDEX concurrency_slot_run ON concurrency_slot (flow_run) WHERE flow_run IS NOT NULL;

-- Task runs that wait for slots, the oldest first in line.
CREATE TABLE concurrency_wait (
  key      TEXT NOT NULL REFERENCES concurrency_limit (key) ON DELETE CASCADE,
  holder   TEXT NOT NULL,
  flow_run TEXT NOT NULL,
  since    BIGINT NOT NULL,
  PRIMARY KEY (key, holder)
);
CREATE INDEX concurrency_wait_since ON concurrency_wait (key, since, holder);
CREATE INDEX concurrency_wait_holder ON concurrency_wait (holder);
CREATE INDEX concurrency_wait_run ON concurrency_wait (flow_run);

-- Whether it has held slots, or waited for some, since it was taken.
ALTER TABLE flow_run ADD COLUMN limited INTEGER NOT NULL DEFAULT 0;

CREATE INDEX flow_run_ended ON flow_run (ended_at) WHERE ended_at IS NOT NULL AND root IS NULL;
CREATE INDEX task_cache_expires ON task_cache (expires_at) WHERE expires_at IS NOT NULL;
