-- How many runs ended over time, by what became of them, without a look at the runs themselves.
DROP INDEX flow_run_ended;
CREATE INDEX flow_run_ended ON flow_run (ended_at, state_type) WHERE ended_at IS NOT NULL AND root IS NULL;
