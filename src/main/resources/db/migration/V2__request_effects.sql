-- What requests with an idempotency key changed: a repetition is answered from it when the first answer was never kept.
create table request_effect (
    sequence    bigint       not null primary key,
    request_key varchar(300) not null,
    fingerprint varchar(64)  not null,
    action      varchar(64)  not null,
    job_id      varchar(64),
    subject     varchar(300) not null,
    expires_at  timestamp(6) with time zone not null
);
create index ix_request_effect_key on request_effect (request_key, sequence);
create index ix_request_effect_expiry on request_effect (expires_at);
