package io.strandline.retention.web;

import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Which of a job's policies is to change, and what confirms the change, from the query parameters. */
record PolicyTarget(
        @Parameter(description = PolicyController.OF_BRANCH, example = "main", schema = @Schema(types = "string"))
        @Nullable
        String branch,

        @Parameter(description = "The plan that confirms it.", schema = @Schema(types = "string")) @Nullable
        String confirm) {}
