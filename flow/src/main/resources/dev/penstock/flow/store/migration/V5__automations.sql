-- What has happened; written in the transaction in which it did.
CREATE TABLE event (
  id            ${serial},
  occurred_at   BIGINT NOT NULL,
  name          TEXT NOT NULL,       -- penstock.flow-run.Failed
  resource      TEXT NOT NULL,       -- what it happened to: flow-run
  resource_id   TEXT NOT NULL,
  payload       TEXT NOT NULL,       -- a JSON object
  evaluated     INTEGER NOT NULL     -- 0 until it was held against the automations
);
CREATE INDEX event_waiting ON event (id) WHERE evaluated = 0;
CREATE INDEX event_occurred ON event (occurred_at);
CREATE INDEX event_resource ON event (resource_id, id);

CREATE TABLE automation (
  id         TEXT PRIMARY KEY,
  name       TEXT NOT NULL UNIQUE,
  definition TEXT NOT NULL,          -- JSON
  enabled    INTEGER NOT NULL,
  since      BIGINT NOT NULL,        -- what happened before does not concern it
  created_at BIGINT NOT NULL
);

-- States that are expected and have not come.
CREATE TABLE automation_watch (
  automation TEXT NOT NULL REFERENCES automation (id) ON DELETE CASCADE,
  subject    TEXT NOT NULL,          -- a flow run; empty: any run
  deadline   BIGINT NOT NULL,
  PRIMARY KEY (automation, subject)
);
CREATE INDEX automation_watch_deadline ON automation_watch (deadline);

CREATE TABLE automation_firing (
  id         TEXT PRIMARY KEY,
  automation TEXT NOT NULL REFERENCES automation (id) ON DELETE CASCADE,
  cause      TEXT NOT NULL,          -- no automation fires twice for the same
  flow_run   TEXT,
  facts      TEXT NOT NULL,          -- what templates are filled with: a JSON object of texts
  fired_at   BIGINT NOT NULL,
  UNIQUE (automation, cause)
);
CREATE INDEX automation_firing_fired ON automation_firing (fired_at);

CREATE TABLE delivery (
  id            TEXT PRIMARY KEY,
  firing        TEXT NOT NULL REFERENCES automation_firing (id) ON DELETE CASCADE,
  action        TEXT NOT NULL,       -- JSON, as it was when the automation fired
  state         TEXT NOT NULL,       -- WAITING, DELIVERED, FAILED
  attempts      INTEGER NOT NULL,
  due_at        BIGINT NOT NULL,     -- of one that is being attempted: when another process may
  response_code INTEGER,
  error         TEXT,
  updated_at    BIGINT NOT NULL
);
CREATE INDEX delivery_due ON delivery (due_at) WHERE state = 'WAITING';
CREATE INDEX delivery_firing ON delivery (firing);

-- When a running pipeline has last moved.
CREATE TABLE pipeline_progress (
  task_run TEXT PRIMARY KEY REFERENCES task_run (id) ON DELETE CASCADE,
  records  BIGINT NOT NULL,
  since    BIGINT NOT NULL
);

-- Whoever holds its row evaluates.
CREATE TABLE evaluation (slot INTEGER PRIMARY KEY);
INSERT INTO evaluation (slot) VALUES (1);
