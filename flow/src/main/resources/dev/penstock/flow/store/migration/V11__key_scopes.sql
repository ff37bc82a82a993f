-- What a key may do of what its role may: a JSON array; all of it where that is empty.
ALTER TABLE api_key ADD COLUMN scopes TEXT NOT NULL DEFAULT '[]';
