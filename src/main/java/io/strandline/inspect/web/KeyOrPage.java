package io.strandline.inspect.web;

import io.strandline.catalog.Branch;
import io.strandline.problem.ErrorCode;
import io.strandline.problem.Problem;
import io.strandline.web.PageQuery;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Which of the two questions that one path answers is asked, from its query parameters: for one key, or for a page. */
record KeyOrPage(
        @Parameter(
                description = "A JSON value, an array of them for several columns, or bare text.",
                example = "DFW",
                schema = @Schema(type = "string"))
        @Nullable
        String key,

        @Parameter(
                description = "Only keys that begin so: text that the first column begins with, or an array of"
                        + " whole values of the first columns.",
                example = "DF",
                schema = @Schema(type = "string"))
        @Nullable
        String prefix,

        @Parameter(
                description = "The branch; of versions, the one that latest is about.",
                example = "main",
                schema = @Schema(type = "string", defaultValue = Branch.MAIN))
        @Nullable
        String branch) {

    String branchOrMain() {
        return branch == null || branch.isEmpty() ? Branch.MAIN : branch;
    }

    /** Refuses a key together with what belongs to pages. */
    void requireKeyAlone(PageQuery page) {
        if (prefix != null || page.cursor() != null) {
            String other = prefix != null ? "prefix" : "cursor";
            String detail = "key asks for one key and " + other + " for a page; send one of them.";
            throw Problem.of(ErrorCode.CONTRADICTORY_REQUEST, detail)
                    .withError("?" + other, detail)
                    .asException();
        }
    }
}
