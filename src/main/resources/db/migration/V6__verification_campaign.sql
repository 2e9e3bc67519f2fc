-- The campaign that verifies versions bit by bit: one row once somebody has set it.
create table verification_campaign (
    id            integer      not null primary key,
    enabled       boolean      not null,
    level         varchar(16)  not null,
    bytes_per_day bigint       not null,
    fresh_millis  bigint       not null,
    version       bigint       not null,
    saved_at      timestamp(6) with time zone not null,
    saved_by      varchar(200) not null
);
create index ix_snapshot_verification on snapshot (state, health, verification_at, id);
