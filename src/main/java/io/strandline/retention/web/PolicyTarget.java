package io.strandline.retention.web;

import io.strandline.retention.plan.PolicyEdits;
import io.strandline.web.Caller;
import io.strandline.web.IfMatch;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Which of a job's policies is to change, what confirms the change, and why it is made, from the query parameters. */
record PolicyTarget(
        @Parameter(description = PolicyController.OF_BRANCH, example = "main", schema = @Schema(types = "string"))
        @Nullable
        String branch,

        @Parameter(description = "The plan that confirms it.", schema = @Schema(types = "string")) @Nullable
        String confirm,

        @Parameter(description = "Why, for the audit.", schema = @Schema(types = "string")) @Nullable
        String reason) {

    PolicyEdits.Terms terms(IfMatch ifMatch, Caller caller) {
        return new PolicyEdits.Terms(ifMatch, confirm, caller.cause(reason));
    }
}
