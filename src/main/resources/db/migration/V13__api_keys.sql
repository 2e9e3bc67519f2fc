-- Who may call. Only hashes of secrets are here; jobs are names separated by commas, none for the whole server.
create table api_key (
    id             varchar(40)   not null primary key,
    name           varchar(200)  not null,
    role           varchar(16)   not null,
    jobs           varchar(8000) not null,
    secret         varchar(64)   not null,
    previous       varchar(64),
    previous_until timestamp(6) with time zone,
    created_at     timestamp(6) with time zone not null,
    created_by     varchar(200)  not null,
    rotated_at     timestamp(6) with time zone,
    expires_at     timestamp(6) with time zone
);
