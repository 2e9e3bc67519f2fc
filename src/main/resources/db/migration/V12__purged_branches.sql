-- Branches leave the trash for good. Their runs stay in the job's list, but are not those of a later branch of the name; and
-- where their sinks wrote stays known until the job is purged.
alter table instance add column branch_purged boolean default false not null;

create table output_place (
    job_id varchar(64) not null references job (id),
    path   text        not null
);
create index ix_output_place on output_place (job_id);
