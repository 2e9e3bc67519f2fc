-- Which version names which file, by numbers instead of texts, and how many versions name a file. A version's ordinal is its
-- number among all versions of this catalog; it means nothing outside, and a catalog that is rebuilt gives out others.
alter table snapshot add column ordinal bigint;
create table numbered_snapshot (
    id      varchar(36) not null primary key,
    ordinal bigint      not null
);
insert into numbered_snapshot (id, ordinal) select id, row_number() over (order by id) from snapshot;
update snapshot set ordinal = (select n.ordinal from numbered_snapshot n where n.id = snapshot.id);
drop table numbered_snapshot;
alter table snapshot alter column ordinal set not null;
alter table snapshot add constraint uq_snapshot_ordinal unique (ordinal);

-- named_by, namers and only_by follow the rows of file_reference in the transaction that changes them: how many versions name
-- the file, the sum of their ordinals, and where there is but one, that one (which is the sum then).
create table stored_file (
    id         bigint      not null primary key,
    digest     varchar(64) not null,
    size_bytes bigint      not null,
    role       varchar(16) not null,
    named_by   bigint      not null,
    namers     bigint      not null,
    only_by    bigint,
    constraint uq_stored_file_digest unique (digest)
);
insert into stored_file (id, digest, size_bytes, role, named_by, namers, only_by)
select row_number() over (order by f.digest), f.digest, max(f.size_bytes), max(f.role), count(*), sum(s.ordinal),
       case when count(*) = 1 then sum(s.ordinal) end
from snapshot_file f join snapshot s on s.id = f.snapshot_id
group by f.digest;
create index ix_stored_file_only on stored_file (only_by);

-- place: the version's ordinal times 1048576, and the file's place among its files
create table file_reference (
    place   bigint not null primary key,
    file_id bigint not null
);
insert into file_reference (place, file_id)
select s.ordinal * 1048576 + row_number() over (partition by s.ordinal order by f.digest) - 1, t.id
from snapshot_file f join snapshot s on s.id = f.snapshot_id join stored_file t on t.digest = f.digest;
create index ix_file_reference_file on file_reference (file_id);
drop table snapshot_file;

-- in the order in which versions are verified: PostgreSQL reads it only where the index has nulls first, too
drop index ix_snapshot_verification;
create index ix_snapshot_verification on snapshot (state, health, verification_at nulls first, id);

-- all that judging a version takes, so that thousands are read without touching their rows
drop index ix_snapshot_newest;
create index ix_snapshot_outline on snapshot (job_id, number desc, id, parent_id, branch, kind, completed_at, state, health,
                                              verification_level, verification_outcome, total_bytes);
