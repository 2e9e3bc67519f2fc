package io.strandline.operation.web;

import io.strandline.catalog.history.History.AuditFilter;
import io.strandline.catalog.lookup.NamedJobs;
import io.swagger.v3.oas.annotations.Parameter;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Which changes to tell of, from the query's parameters; what is absent asks for all. */
record AuditParameters(
        @Parameter(description = "Only changes of the job of this name.", example = "flights") @Nullable
        String job,

        @Parameter(description = "Only changes made on this branch.", example = "main") @Nullable
        String branch,

        @Parameter(description = "Only changes by this actor.", example = "ann") @Nullable
        String actor,

        @Parameter(description = "Only this action.", example = "tag-created") @Nullable
        String action,

        @Parameter(description = "Only changes whose reason has this text in it.", example = "incident 4711") @Nullable
        String reason,

        @Parameter(description = "Only changes made by the request of this id (X-Request-Id).") @Nullable
        String request,

        @Parameter(description = "Only changes of this operation.") @Nullable
        String operation,

        @Parameter(description = "Only changes to this.", example = "tag:nightly") @Nullable
        String subject,

        @Parameter(description = "Only changes made at this time or later.", example = "2026-12-24T00:00:00Z") @Nullable
        Instant since,

        @Parameter(description = "Only changes made before this time.", example = "2026-12-25T00:00:00Z") @Nullable
        Instant until) {

    /** As the catalog wants it. */
    AuditFilter filter(NamedJobs jobs) {
        return new AuditFilter(
                job == null ? null : jobs.named(job).id(),
                branch,
                actor,
                action,
                reason,
                request,
                operation,
                subject,
                since,
                until);
    }
}
