-- Records that pipelines of tasks gave up.
CREATE TABLE dead_letter (
  id       ${serial},
  flow_run TEXT NOT NULL REFERENCES flow_run (id) ON DELETE CASCADE,
  task_run TEXT NOT NULL,
  step     TEXT NOT NULL,
  number   BIGINT NOT NULL,          -- how many records the step was given before
  attempts INTEGER NOT NULL,
  error    TEXT NOT NULL,            -- the class of the exception
  message  TEXT NOT NULL,
  trace    TEXT NOT NULL,
  record   TEXT NOT NULL,            -- for people
  value    TEXT,                     -- JSON that the record is made of again; null: it cannot be
  refusal  TEXT,                     -- why it cannot be
  state    TEXT NOT NULL,            -- KEPT, ASKED, REPLAYED
  at       BIGINT NOT NULL
);
CREATE INDEX dead_letter_run ON dead_letter (flow_run, id);
CREATE INDEX dead_letter_asked ON dead_letter (task_run) WHERE state = 'ASKED';
