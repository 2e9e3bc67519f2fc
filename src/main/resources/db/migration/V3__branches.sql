-- Branches besides main: where they began, what may be done to them, where their sinks write, and the trash.
alter table branch add column forked_revision varchar(200);
alter table branch add column forked_id varchar(36);
alter table branch add column forked_number bigint;
alter table branch add column forked_branch varchar(64);
alter table branch add column forked_at timestamp(6) with time zone;
alter table branch add column deletable boolean default false not null;
alter table branch add column resettable boolean default true not null;
alter table branch add column sinks text default '{}' not null;
alter table branch add column trashed_at timestamp(6) with time zone;
alter table branch add column purge_after timestamp(6) with time zone;
