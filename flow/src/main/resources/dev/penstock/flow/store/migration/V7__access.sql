-- Who may use the server, and what they did.
CREATE TABLE server_user (
  name       TEXT PRIMARY KEY,       -- in lower case
  role       TEXT NOT NULL,
  password   TEXT NOT NULL,          -- a hash, with how it was made
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL
);

CREATE TABLE login_session (
  token      TEXT PRIMARY KEY,       -- a hash of what the browser holds
  user_name  TEXT NOT NULL REFERENCES server_user (name) ON DELETE CASCADE,
  created_at BIGINT NOT NULL,
  used_at    BIGINT NOT NULL,
  expires_at BIGINT NOT NULL
);
CREATE INDEX login_session_user ON login_session (user_name);
CREATE INDEX login_session_expires ON login_session (expires_at);

-- How often somebody tried to log in of late, by name and by address.
CREATE TABLE login_attempt (
  subject  TEXT PRIMARY KEY,
  attempts INTEGER NOT NULL,
  since    BIGINT NOT NULL
);

CREATE TABLE api_key (
  name       TEXT PRIMARY KEY,
  hash       TEXT NOT NULL UNIQUE,
  role       TEXT NOT NULL,
  created_by TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  expires_at BIGINT,
  used_at    BIGINT
);

CREATE TABLE audit_entry (
  id          ${serial},
  occurred_at BIGINT NOT NULL,
  actor       TEXT NOT NULL,
  action      TEXT NOT NULL,
  subject     TEXT NOT NULL,
  origin      TEXT NOT NULL          -- an address, or "command"
);
CREATE INDEX audit_entry_occurred ON audit_entry (occurred_at);
