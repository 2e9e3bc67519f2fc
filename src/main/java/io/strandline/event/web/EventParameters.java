package io.strandline.event.web;

import io.strandline.event.EventId;
import io.strandline.event.EventType;
import io.strandline.problem.ErrorCode;
import io.strandline.problem.Problem;
import io.strandline.problem.StrandlineException;
import io.swagger.v3.oas.annotations.Parameter;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which events a reader wants and from where on, from the query's parameters. */
record EventParameters(
        @Parameter(
                description = "Only events of these kinds, separated by commas; all when absent.",
                example = "snapshot-completed,head-moved")
        @Nullable
        List<String> types,

        @Parameter(
                description = "Go on after the event of this id; 0 tells everything there ever was. For clients that"
                        + " cannot send Last-Event-ID, which counts for more.",
                example = "393216")
        @Nullable
        String after) {

    /**
     * The kinds wanted.
     *
     * @throws StrandlineException {@code invalid-parameter}
     */
    Set<String> wanted() {
        Set<String> wanted = types == null ? Set.of() : Set.copyOf(types);
        for (String type : wanted) {
            if (EventType.ofWireName(type).isEmpty()) {
                throw refusal(
                        "?types",
                        "There are no events '" + type + "'; there are " + String.join(", ", EventType.wireNames())
                                + ".");
            }
        }
        return wanted;
    }

    /**
     * Where to begin: behind what the reader saw last, at {@code newest} when it says nothing. An id from the future, as one
     * of another data directory, is taken for the newest.
     *
     * @throws StrandlineException {@code invalid-parameter}
     */
    EventId position(@Nullable String lastSeen, EventId newest) {
        String text = lastSeen == null || lastSeen.isBlank() ? after : lastSeen.strip();
        if (text == null) {
            return newest;
        }
        EventId asked = EventId.parse(text)
                .orElseThrow(() -> refusal(
                        text.equals(after) ? "?after" : "Last-Event-ID",
                        "'" + text + "' is not the id of an event; ids are such as 393216 and 393216.7."));
        return asked.compareTo(newest) > 0 ? newest : asked;
    }

    private static StrandlineException refusal(String pointer, String detail) {
        return Problem.of(ErrorCode.INVALID_PARAMETER, detail)
                .withError(pointer, detail)
                .asException();
    }
}
