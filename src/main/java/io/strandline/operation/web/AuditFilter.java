package io.strandline.operation.web;

import io.swagger.v3.oas.annotations.Parameter;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Which changes to list, from the query's parameters; what is absent asks for all. */
record AuditFilter(
        @Parameter(description = "Only changes of the job of this name.", example = "flights") @Nullable
        String job,

        @Parameter(description = "Only changes by this actor.", example = "ann") @Nullable
        String actor,

        @Parameter(description = "Only this action.", example = "tag-created") @Nullable
        String action,

        @Parameter(description = "Only changes of this operation.") @Nullable
        String operation,

        @Parameter(description = "Only changes to this.", example = "tag:nightly") @Nullable
        String subject,

        @Parameter(description = "Only changes made at this time or later.", example = "2026-12-24T00:00:00Z") @Nullable
        Instant since,

        @Parameter(description = "Only changes made before this time.", example = "2026-12-25T00:00:00Z") @Nullable
        Instant until) {}
