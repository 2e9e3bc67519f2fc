package io.strandline.checkpoint.web;

import io.strandline.catalog.Job;
import io.strandline.catalog.Snapshot;
import io.strandline.catalog.SnapshotQuery;
import io.strandline.problem.ErrorCode;
import io.strandline.problem.Problem;
import io.strandline.problem.StrandlineException;
import io.strandline.snapshot.SnapshotKind;
import io.strandline.web.PageQuery;
import io.swagger.v3.oas.annotations.Parameter;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which versions a list shows, from its query parameters. */
record SnapshotFilter(
        @Parameter(description = "Only those the branch produced.", example = "main") @Nullable
        String branch,

        @Parameter(description = "Only these kinds.") @Nullable
        Set<@Nullable SnapshotKind> kind,

        @Parameter(description = "Only these states; COMPLETED when left out.") @Nullable
        Set<Snapshot.@Nullable State> state,

        @Parameter(description = "Only those with this label, as name=value; may be repeated.", example = "team=ops")
        @Nullable
        List<String> label,

        @Parameter(description = "Only those completed at this time or later.", example = "2026-08-01T00:00:00Z")
        @Nullable
        Instant since,

        @Parameter(description = "Only those completed before this time.", example = "2026-09-01T00:00:00Z") @Nullable
        Instant until,

        @Parameter(description = "Say of each why it stays and when it goes.") @Nullable
        Boolean explain) {

    SnapshotQuery query(Job job, PageQuery page, String list) {
        @Nullable Long before = page.after(list, 1, key -> Long.valueOf(key.get(0)));
        return new SnapshotQuery(
                job.id(),
                branch,
                kind == null ? Set.of() : said("kind", kind),
                state == null || state.isEmpty() ? Set.of(Snapshot.State.COMPLETED) : said("state", state),
                labels(),
                since,
                until,
                before,
                page.fetchSize());
    }

    /** The values of a list, in which a blank is read as null. */
    private static <T> Set<T> said(String parameter, Set<@Nullable T> values) {
        Set<T> said = new HashSet<>();
        for (@Nullable T value : values) {
            if (value == null) {
                throw refusal(parameter, parameter + " has a blank among its values; leave it out.");
            }
            said.add(value);
        }
        return said;
    }

    private Map<String, String> labels() {
        Map<String, String> labels = new LinkedHashMap<>();
        for (String text : label == null ? List.<String>of() : label) {
            int equals = text.indexOf('=');
            if (equals < 1) {
                throw refusal("label", "label is '" + text + "'; write it as name=value.");
            }
            labels.put(text.substring(0, equals), text.substring(equals + 1));
        }
        return labels;
    }

    private static StrandlineException refusal(String parameter, String detail) {
        return Problem.of(ErrorCode.INVALID_PARAMETER, detail)
                .withError("?" + parameter, detail)
                .asException();
    }
}
