-- A policy may be a branch's own. Whoever judges a job's versions reads all of them in one go.

alter table policy add column branch varchar(64);
alter table policy alter column level_key set data type varchar(160);

create index ix_hold_job on hold (job_id);
create index ix_snapshot_judged on snapshot (job_id, state, number);
