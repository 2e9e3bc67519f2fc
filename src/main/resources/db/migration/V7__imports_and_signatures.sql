-- Where an imported version comes from, and who vouches for a version's manifest.

alter table snapshot add column imported_from varchar(80);
alter table snapshot add column signing_key varchar(80);
alter table snapshot add column signature text;
