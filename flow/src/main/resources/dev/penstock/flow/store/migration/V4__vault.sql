CREATE TABLE variable (
  name       TEXT PRIMARY KEY,
  value      TEXT NOT NULL,          -- a JSON value
  tags       TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL
);

-- Everything that is encrypted: nothing of it is readable without a key that is not in the store.
CREATE TABLE sealed (
  place      TEXT PRIMARY KEY,       -- secret/NAME, block/TYPE/NAME/VERSION/SETTING; also what it is bound to
  sealed_by  TEXT NOT NULL,          -- the id of the key
  value      TEXT NOT NULL,
  updated_at BIGINT NOT NULL
);

-- The key that values are encrypted with now: one row.
CREATE TABLE sealing_key (
  slot INTEGER PRIMARY KEY,
  id   TEXT NOT NULL
);

CREATE TABLE block (
  type       TEXT NOT NULL,
  name       TEXT NOT NULL,
  version    INTEGER NOT NULL,       -- grows with each save
  settings   TEXT NOT NULL,          -- a JSON object of what is not secret
  secrets    TEXT NOT NULL,          -- the names of what is
  created_at BIGINT NOT NULL,
  PRIMARY KEY (type, name, version)
);
CREATE INDEX block_name ON block (name);
