package io.strandline.inspect.web;

import io.strandline.problem.ErrorCode;
import io.strandline.problem.Problem;
import io.strandline.web.PageQuery;
import org.jspecify.annotations.Nullable;

/** Keeps apart the two questions that one path answers: for one key, and for a page. */
final class KeyOrPage {

    private KeyOrPage() {}

    /** Refuses a key together with what belongs to pages. */
    static void requireKeyAlone(@Nullable String prefix, PageQuery page) {
        if (prefix != null || page.cursor() != null) {
            String other = prefix != null ? "prefix" : "cursor";
            String detail = "key asks for one key and " + other + " for a page; send one of them.";
            throw Problem.of(ErrorCode.CONTRADICTORY_REQUEST, detail)
                    .withError("?" + other, detail)
                    .asException();
        }
    }
}
