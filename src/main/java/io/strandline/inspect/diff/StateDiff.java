package io.strandline.inspect.diff;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.strandline.snapshot.StateSchema.Form;
import io.strandline.state.diff.StateTally.Counts;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a state differs in. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(description = "What a state differs in.")
public record StateDiff(
        @Schema(description = "The state.", example = "aggregates")
        String state,

        @Schema(description = "Which of the versions has it.")
        Presence presence,

        @Schema(description = "What kind of state it is.") Form form,

        @Schema(description = "What became of its schema.") SchemaDiff schema,

        @Schema(description = "What differs; absent when entries of the one cannot be read as those of the other.")
        @Nullable
        DiffCounts counts,

        @Schema(description = "Entries that are the same in both.") @Nullable
        Unmodified unmodified,

        @Schema(description = "What differs in each key group; those without a difference are left out.")
        List<KeyGroupDiff> keyGroups,

        @Schema(description = "The first entries that differ, as many as were asked for.")
        List<DiffEntry> samples,

        @Schema(description = "The state's files.") FileBytes files) {

    public StateDiff {
        keyGroups = List.copyOf(keyGroups);
        samples = List.copyOf(samples);
    }

    /**
     * What became of a schema.
     *
     * @param changed whether the columns are others
     * @param compatible whether entries of the one can be read as those of the other
     * @param explanation in words
     */
    @Schema(name = "SchemaDiff", description = "What became of a schema.")
    public record SchemaDiff(
            @Schema(description = "Whether the columns are others.")
            boolean changed,

            @Schema(description = "Whether entries of the one can be read as those of the other.")
            boolean compatible,

            @Schema(description = "In words.", example = "column total is widened to DOUBLE: stored as …")
            String explanation) {}

    /** Entries that are the same in both. */
    @Schema(name = "UnmodifiedEntries", description = "Entries that are the same in both.")
    public record Unmodified(
            @Schema(description = "How many, or how many at most.")
            long entries,

            @Schema(
                    description = "Whether that is the number, not only the most there can be: what both versions share"
                            + " is not read.")
            boolean exact) {}

    /** What differs. */
    @Schema(name = "DiffCounts", description = "What differs.")
    public record DiffCounts(
            @Schema(description = "Entries that only the later version has.")
            long added,

            @Schema(description = "Entries that only the earlier version has.")
            long removed,

            @Schema(description = "Entries with another value.")
            long changed,

            @Schema(description = "Keys and values of all these as they are stored, the later value of what changed.")
            long bytes) {

        static final DiffCounts NONE = new DiffCounts(0, 0, 0, 0);

        static DiffCounts of(Counts counts) {
            return new DiffCounts(counts.added(), counts.removed(), counts.changed(), counts.bytes());
        }

        DiffCounts plus(DiffCounts other) {
            return new DiffCounts(
                    added + other.added, removed + other.removed, changed + other.changed, bytes + other.bytes);
        }
    }

    /** What differs in a key group. */
    @Schema(description = "What differs in a key group.")
    public record KeyGroupDiff(
            @Schema(description = "The key group.") int keyGroup,

            @Schema(description = "What differs in it.") DiffCounts counts) {}

    /** The bytes of a state's files. */
    @Schema(description = "The bytes of the files that the versions name, and of those that both name.")
    public record FileBytes(
            @Schema(description = "Of the one version.") long fromBytes,

            @Schema(description = "Of the other version.") long toBytes,

            @Schema(description = "Of files that both name.")
            long sharedBytes) {}
}
