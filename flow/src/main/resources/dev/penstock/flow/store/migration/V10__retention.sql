-- How long runs are kept, where that was said: at most one row.
CREATE TABLE retention (
  id       INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
  age      BIGINT NOT NULL,          -- microseconds after their end
  per_flow INTEGER NOT NULL          -- how many of each flow, the newest
);
