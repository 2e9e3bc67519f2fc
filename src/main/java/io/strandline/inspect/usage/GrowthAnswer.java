package io.strandline.inspect.usage;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How big a branch's state was from version to version, and where that leads. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(description = "How big a branch's state was from version to version, and where that leads.")
public record GrowthAnswer(
        @Schema(description = "The branch.", example = "main")
        String branch,

        @Schema(description = "What the disk has left for the server.", example = "107374182400")
        long freeBytes,

        @Schema(description = "All operators together.") Series total,

        @Schema(description = "Each operator that has state.")
        List<OperatorSeries> operators,

        @Schema(
                description = "Versions of the line that were left out because their manifest cannot be read.",
                example = "0")
        int unreadable) {

    public GrowthAnswer {
        operators = List.copyOf(operators);
    }

    /** Sizes of one operator's state. */
    @Schema(description = "Sizes of one operator's state.")
    public record OperatorSeries(
            @Schema(description = "The operator.", example = "by-origin")
            String operator,

            @Schema(description = "Its sizes.") Series growth) {}

    /** Sizes over time. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(
            description =
                    "Sizes over time: bytes of the files that each version names, superseded entries in them included.")
    public record Series(
            @Schema(description = "Oldest first; of a long history a hundred versions at most, evenly chosen.")
            List<SizeAt> sizes,

            @Schema(description = "Where it leads; absent when there is too little to tell, which note says.") @Nullable
            Forecast forecast,

            @Schema(
                    description = "What there is to say about the forecast.",
                    example = "3 versions over PT12S are too few for a forecast; it takes 8 over PT10M.")
            @Nullable
            String note) {}

    /** The size in one version. */
    @Schema(description = "The size in one version.")
    public record SizeAt(
            @Schema(description = "The version's number.", example = "42")
            long number,

            @Schema(description = "When it was completed.") Instant at,

            @Schema(description = "Bytes of its files.", example = "52480")
            long bytes) {}

    /** Which way it goes. */
    public enum Direction {
        GROWING,
        SHRINKING,
        /** Neither is clear. */
        STEADY
    }

    /** The line through the sizes, by the median of the slopes between all pairs of versions (Theil and Sen). */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(
            description =
                    "The line through the sizes, by the median of the slopes between all pairs of versions (Theil and"
                            + " Sen).")
    public record Forecast(
            @Schema(description = "GROWING or SHRINKING when the whole interval says so, else STEADY.")
            Direction direction,

            @Schema(description = "Bytes a day.", example = "1048576")
            long bytesPerDay,

            @Schema(description = "At least so many, nine times in ten.", example = "900000")
            long leastBytesPerDay,

            @Schema(description = "At most so many, nine times in ten.", example = "1200000")
            long mostBytesPerDay,

            @Schema(
                    description =
                            "When it reaches the size that was asked for; absent when it does not grow clearly, or"
                                    + " not within ten times the time that the versions span.")
            @Nullable
            Instant reachesSizeAt,

            @Schema(
                    description =
                            "When its growth alone has used what the disk has left, if all else stays as it is; else"
                                    + " as reachesSizeAt.")
            @Nullable
            Instant fillsDiskAt) {}
}
