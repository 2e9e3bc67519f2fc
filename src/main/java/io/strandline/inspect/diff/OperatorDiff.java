package io.strandline.inspect.diff;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an operator differs in. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(description = "What an operator differs in.")
public record OperatorDiff(
        @Schema(description = "The operator.", example = "by-origin")
        String operator,

        @Schema(description = "Which of the versions has it.")
        Presence presence,

        @Schema(description = "Its watermark in the one version; absent before the first.") @Nullable
        Instant watermarkBefore,

        @Schema(description = "Its watermark in the other version; absent before the first.") @Nullable
        Instant watermarkAfter,

        @Schema(description = "Its keyed states and timers.")
        List<StateDiff> states,

        @Schema(
                description =
                        "Rows that were on their way to it, which belong to one version alone and are not compared;"
                                + " absent when neither has any.")
        @Nullable
        InFlight inFlight) {

    public OperatorDiff {
        states = List.copyOf(states);
    }

    /** Rows on their way. */
    @Schema(name = "InFlightDiff", description = "Rows on their way to an operator.")
    public record InFlight(
            @Schema(description = "Rows in the one version.")
            long rowsBefore,

            @Schema(description = "Rows in the other version.")
            long rowsAfter,

            @Schema(description = "Their bytes in the one version.")
            long bytesBefore,

            @Schema(description = "Their bytes in the other version.")
            long bytesAfter) {}
}
