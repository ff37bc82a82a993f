-- How long a run of a deployment may wait for a slot before it is cancelled, or fails.
ALTER TABLE deployment ADD COLUMN grace BIGINT NOT NULL DEFAULT 0;

-- One holder may have several slots of a limit.
DROP INDEX concurrency_slot_holder;
CREATE INDEX concurrency_slot_holder ON concurrency_slot (holder, key) WHERE holder IS NOT NULL;

-- How many slots it waits for.
ALTER TABLE concurrency_wait ADD COLUMN slots INTEGER NOT NULL DEFAULT 1;

-- In the order of lists: a state that no run is in is found to be so at once.
DROP INDEX flow_run_state_created;
CREATE INDEX flow_run_state_created ON flow_run (state_name, created_at, id);
