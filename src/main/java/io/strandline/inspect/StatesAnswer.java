package io.strandline.inspect;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.strandline.snapshot.Column;
import io.strandline.snapshot.StateSchema;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What state a version has. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(description = "What state a version has.")
public record StatesAnswer(
        @Schema(description = "The version that was meant.") VersionRef snapshot,

        @Schema(description = "When the state is that of a running job: how long ago the version was taken.") @Nullable
        Long ageMillis,

        @Schema(description = "Number of key groups.", example = "128")
        int maxParallelism,

        @Schema(description = "Every state of every operator.")
        List<StateSummary> states) {

    public StatesAnswer {
        states = List.copyOf(states);
    }

    /** The same as what a running job has. */
    StatesAnswer aged(long millis) {
        return new StatesAnswer(snapshot, millis, maxParallelism, states);
    }

    /** One state of one operator. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(description = "One state of one operator.")
    public record StateSummary(
            @Schema(description = "The operator.", example = "by-origin")
            String operator,

            @Schema(description = "Its state.", example = "aggregates")
            String state,

            @Schema(
                    description =
                            "KEYED: values by key. TIMERS: times by key. IN_FLIGHT: rows that an unaligned checkpoint"
                                    + " overtook; they cannot be looked into.")
            StateSchema.Form form,

            @Schema(description = "Whether there is a value for each window.")
            boolean windowed,

            @Schema(description = "The key's columns.") List<StateColumn> key,

            @Schema(description = "The value's columns, without those that the operator keeps for itself.")
            List<StateColumn> value,

            @Schema(description = "Number of its files.", example = "3")
            int files,

            @Schema(description = "Bytes of its files.", example = "52480")
            long bytes,

            @Schema(
                    description =
                            "More entries than this it cannot have; fewer where some were changed or removed since"
                                    + " they were written.",
                    example = "340")
            long entriesAtMost,

            @Schema(description = "How many entries it has; only when they were to be counted.", example = "312")
            @Nullable
            Long entries,

            @Schema(description = "How many of them each key group has, those without any left out.") @Nullable
            List<KeyGroupCount> keyGroups) {}

    /** A column. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(description = "A column.")
    public record StateColumn(
            @Schema(description = "Its name.", example = "origin")
            String name,

            @Schema(description = "Its type.", example = "string")
            String type,

            @Schema(
                    description = "What its content is made of, where the type does not say it.",
                    example = "list<long>")
            @Nullable
            String shape) {

        static List<StateColumn> of(List<Column> columns) {
            return columns.stream()
                    .filter(column -> !column.isInternal())
                    .map(column -> new StateColumn(
                            column.name(), column.type().name().toLowerCase(Locale.ROOT), column.shape()))
                    .toList();
        }
    }

    /** How many entries a key group has. */
    @Schema(description = "How many entries a key group has.")
    public record KeyGroupCount(
            @Schema(description = "The key group.", example = "17")
            int keyGroup,

            @Schema(description = "Its entries.", example = "4")
            long entries) {}
}
