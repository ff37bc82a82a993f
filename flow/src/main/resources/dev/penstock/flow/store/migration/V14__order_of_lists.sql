-- The runs of one flow, or of one deployment, in the order of lists: without their ids the newest
-- of a flow's many runs were sorted for each page.
DROP INDEX flow_run_flow;
CREATE INDEX flow_run_flow ON flow_run (flow, created_at, id);
DROP INDEX flow_run_deployment;
CREATE INDEX flow_run_deployment ON flow_run (deployment, created_at, id);
