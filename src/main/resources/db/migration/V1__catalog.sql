-- The catalog: an index of the journal, in the common subset of PostgreSQL and H2 (MODE=PostgreSQL).
-- Everything except catalog_state, applied_entry, attempt, document and document_part can be rebuilt from the journal.

create table catalog_state (
    id           integer      not null primary key,
    directory_id varchar(64)  not null,
    applied_to   bigint       not null,
    applied_hash varchar(64)  not null
);

create table applied_entry (
    sequence bigint not null primary key
);

create table job (
    id          varchar(64)  not null primary key,
    name        varchar(64)  not null,
    live_name   varchar(64),
    description text,
    created_at  timestamp(6) with time zone not null,
    trashed_at  timestamp(6) with time zone,
    purge_after timestamp(6) with time zone,
    purged      boolean      not null,
    constraint uq_job_live_name unique (live_name)
);

create table job_numbers (
    job_id         varchar(64) not null primary key,
    reserved_up_to bigint      not null
);

create table pipeline_version (
    job_id     varchar(64) not null references job (id),
    version    integer     not null,
    document   text        not null,
    created_at timestamp(6) with time zone not null,
    primary key (job_id, version)
);

create table branch (
    job_id           varchar(64) not null references job (id),
    name             varchar(64) not null,
    head_id          varchar(36),
    head_number      bigint,
    line             text        not null,
    pipeline_version integer     not null,
    desired          varchar(16) not null,
    epoch            bigint      not null,
    problem_code     varchar(64),
    problem_detail   text,
    finished         boolean     not null,
    primary key (job_id, name)
);

create table instance (
    id               varchar(64) not null primary key,
    job_id           varchar(64) not null references job (id),
    branch           varchar(64) not null,
    epoch            bigint      not null,
    pipeline_version integer     not null,
    parallelism      integer     not null,
    backend          varchar(32) not null,
    restored_from    varchar(36),
    started_because  varchar(32) not null,
    started_at       timestamp(6) with time zone not null,
    ended_because    varchar(32),
    ended_at         timestamp(6) with time zone,
    problem_code     varchar(64),
    problem_detail   text,
    constraint uq_instance_epoch unique (job_id, epoch)
);

create table snapshot (
    id                   varchar(36) not null primary key,
    job_id               varchar(64) not null references job (id),
    branch               varchar(64) not null,
    number               bigint      not null,
    kind                 varchar(16) not null,
    mode                 varchar(16) not null,
    parent_id            varchar(36),
    base_id              varchar(36),
    reverts_to_id        varchar(36),
    epoch                bigint      not null,
    pipeline_version     integer     not null,
    backend              varchar(32) not null,
    parallelism          integer     not null,
    started_at           timestamp(6) with time zone not null,
    completed_at         timestamp(6) with time zone not null,
    total_bytes          bigint      not null,
    new_bytes            bigint      not null,
    manifest_digest      varchar(80) not null,
    state_digest         varchar(80),
    durable              boolean     not null,
    labels               text        not null,
    description          text,
    verification_level   varchar(16),
    verification_at      timestamp(6) with time zone,
    verification_outcome varchar(16) not null,
    state                varchar(16) not null,
    health               varchar(16) not null,
    trashed_at           timestamp(6) with time zone,
    purge_after          timestamp(6) with time zone,
    trashed_with_job     boolean     not null,
    constraint uq_snapshot_number unique (job_id, number)
);
create index ix_snapshot_parent on snapshot (parent_id);
create index ix_snapshot_purge on snapshot (state, purge_after);

create table snapshot_label (
    snapshot_id varchar(36)  not null references snapshot (id),
    label_name  varchar(200) not null,
    label_value text         not null,
    primary key (snapshot_id, label_name)
);
create index ix_snapshot_label on snapshot_label (label_name);

create table snapshot_file (
    snapshot_id varchar(36) not null references snapshot (id),
    digest      varchar(64) not null,
    size_bytes  bigint      not null,
    role        varchar(16) not null,
    primary key (snapshot_id, digest)
);
create index ix_snapshot_file_digest on snapshot_file (digest);

create table tag (
    job_id      varchar(64) not null references job (id),
    name        varchar(64) not null,
    snapshot_id varchar(36) not null references snapshot (id),
    number      bigint      not null,
    message     text,
    created_by  varchar(200) not null,
    created_at  timestamp(6) with time zone not null,
    expires_at  timestamp(6) with time zone,
    constraint uq_tag_name primary key (job_id, name)
);
create index ix_tag_snapshot on tag (snapshot_id);

create table hold (
    id          varchar(64)  not null primary key,
    job_id      varchar(64)  not null references job (id),
    snapshot_id varchar(36)  not null references snapshot (id),
    kind        varchar(16)  not null,
    reason      text         not null,
    placed_by   varchar(200) not null,
    owner       varchar(200),
    placed_at   timestamp(6) with time zone not null,
    expires_at  timestamp(6) with time zone
);
create index ix_hold_snapshot on hold (snapshot_id);
create index ix_hold_owner on hold (owner);

create table policy (
    level_key varchar(80)  not null primary key,
    job_id    varchar(64),
    document  text         not null,
    version   bigint       not null,
    saved_at  timestamp(6) with time zone not null,
    saved_by  varchar(200) not null
);

create table operation (
    id          varchar(64)  not null primary key,
    type        varchar(64)  not null,
    job_id      varchar(64),
    request     text         not null,
    actor       varchar(200) not null,
    accepted_at timestamp(6) with time zone not null,
    state       varchar(16),
    result      text,
    problem     text,
    ended_at    timestamp(6) with time zone
);
create index ix_operation_state on operation (state);

create table answered_request (
    request_key varchar(300) not null primary key,
    fingerprint varchar(64)  not null,
    status      integer      not null,
    headers     text         not null,
    body        text         not null,
    expires_at  timestamp(6) with time zone not null
);
create index ix_answered_request_expiry on answered_request (expires_at);

create table audit_entry (
    sequence     bigint       not null primary key,
    at           timestamp(6) with time zone not null,
    action       varchar(64)  not null,
    job_id       varchar(64),
    subject      varchar(300) not null,
    actor        varchar(200) not null,
    request_id   varchar(200),
    operation_id varchar(64),
    reason       text,
    before_json  text,
    after_json   text         not null
);
create index ix_audit_job on audit_entry (job_id, sequence);
create index ix_audit_actor on audit_entry (actor, sequence);
create index ix_audit_operation on audit_entry (operation_id);
create index ix_audit_subject on audit_entry (subject);

create table head_move (
    sequence     bigint       not null primary key,
    job_id       varchar(64)  not null,
    branch       varchar(64)  not null,
    from_id      varchar(36),
    to_id        varchar(36),
    to_number    bigint,
    verb         varchar(32)  not null,
    at           timestamp(6) with time zone not null,
    actor        varchar(200) not null,
    request_id   varchar(200),
    operation_id varchar(64),
    reason       text
);
create index ix_head_move_branch on head_move (job_id, branch, sequence);

create table attempt (
    job_id      varchar(64) not null,
    number      bigint      not null,
    branch      varchar(64) not null,
    instance_id varchar(64) not null,
    state       varchar(16) not null,
    started_at  timestamp(6) with time zone not null,
    ended_at    timestamp(6) with time zone,
    report      text        not null,
    primary key (job_id, number)
);

create table document (
    kind       varchar(64) not null,
    id         varchar(64) not null,
    job_id     varchar(64),
    state      varchar(32) not null,
    created_at timestamp(6) with time zone not null,
    expires_at timestamp(6) with time zone,
    primary key (kind, id)
);

-- bodies may be longer than H2 lets one value be
create table document_part (
    kind varchar(64) not null,
    id   varchar(64) not null,
    part integer     not null,
    text text        not null,
    primary key (kind, id, part),
    foreign key (kind, id) references document (kind, id)
);
