package io.strandline.version;

import io.strandline.problem.ErrorCode;
import io.strandline.problem.Problem;
import io.strandline.snapshot.TimeOrderedIds;
import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The time, and ids for what is made at it. */
@Component
public record Moment(Clock clock, TimeOrderedIds ids) {

    /** The time. */
    public Instant now() {
        return clock.instant();
    }

    /** A new id. */
    public String id() {
        return ids.next().toString();
    }

    /** Refuses an expiry that has passed already. */
    void refusePast(@Nullable Instant expiresAt) {
        if (expiresAt != null && !expiresAt.isAfter(now())) {
            String detail = "expiresAt is " + expiresAt + ", which is not in the future.";
            throw Problem.of(ErrorCode.INVALID_BODY, detail)
                    .withError("/expiresAt", detail)
                    .asException();
        }
    }
}
