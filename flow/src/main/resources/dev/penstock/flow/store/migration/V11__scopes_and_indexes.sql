-- What a key may do of what its role may: a JSON array; all of it where that is empty.
ALTER TABLE api_key ADD COLUMN scopes TEXT NOT NULL DEFAULT '[]';

-- Which ticks of a deployment have been run.
CREATE INDEX flow_run_interval ON flow_run (deployment, interval_to) WHERE interval_to IS NOT NULL;

-- How many task runs ended over time.
CREATE INDEX task_run_ended ON task_run (ended_at, state_type) WHERE ended_at IS NOT NULL;
