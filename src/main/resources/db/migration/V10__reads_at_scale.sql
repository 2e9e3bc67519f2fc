-- Lists are read newest first and a page at a time. H2 ends such a read after the page only where an index has the very
-- order that is asked for, column by column and direction by direction; without one it reads and sorts all rows of the job.
create index ix_snapshot_newest on snapshot (job_id, number desc);
drop index ix_snapshot_judged;
create index ix_snapshot_judged on snapshot (job_id, state, number desc);
create index ix_head_move_newest on head_move (job_id, branch, sequence desc);
create index ix_head_move_time on head_move (job_id, branch, at desc, sequence desc);
drop index ix_head_move_branch;
create index ix_instance_newest on instance (job_id, epoch desc);
create index ix_attempt_newest on attempt (job_id, number desc);
create index ix_audit_job_newest on audit_entry (job_id, sequence desc);
drop index ix_audit_job;
