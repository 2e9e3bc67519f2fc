-- the audit by branch and by request; entries from before have no branch until the catalog is rebuilt
alter table audit_entry add column branch varchar(64);
create index ix_audit_branch on audit_entry (job_id, branch, sequence);
create index ix_audit_request on audit_entry (request_id);
