package io.strandline.checkpoint.web;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.strandline.catalog.Hold;
import io.strandline.catalog.Job;
import io.strandline.checkpoint.VersionDetail;
import io.strandline.snapshot.Column;
import io.strandline.snapshot.Manifest;
import io.strandline.snapshot.OperatorContent;
import io.strandline.snapshot.SourcePosition;
import io.strandline.snapshot.StateContent;
import io.strandline.snapshot.StateSchema;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A version with its content: where its sources were, and which states its operators had. */
@Schema(name = "SnapshotDetail", description = "A version with its source positions, operators and holds.")
record SnapshotDetailResponse(
        @JsonUnwrapped SnapshotResponse snapshot,

        @Schema(description = "Where each split of each source goes on; null when the manifest cannot be read.")
        @Nullable
        List<Position> sources,

        @Schema(description = "Operators with their states; null when the manifest cannot be read.") @Nullable
        List<Operator> operators,

        @Schema(description = "What holds it.") List<HeldBy> holds) {

    /** Where one split goes on. */
    @Schema(name = "SourcePosition")
    record Position(
            @Schema(description = "The source's name.", example = "departures")
            String source,

            @Schema(description = "The split: a file, or a partition.", example = "flights.ndjson")
            String split,

            @Schema(description = "Next byte or record to read.", example = "131072")
            long offset,

            @Schema(description = "Highest event time read; null before the first.") @Nullable
            Instant maxTimestamp) {

        static Position of(SourcePosition position) {
            return new Position(
                    position.source(), position.split(), position.offset(), instant(position.maxTimestamp()));
        }
    }

    /** An operator. */
    @Schema(name = "SnapshotOperator")
    record Operator(
            @Schema(description = "The operator's name.", example = "by-origin")
            String name,

            @Schema(description = "Its watermark; null before the first.") @Nullable
            Instant watermark,

            @Schema(description = "Its states.") List<State> states) {

        static Operator of(OperatorContent operator) {
            return new Operator(
                    operator.name(),
                    instant(operator.watermark()),
                    operator.states().stream().map(State::of).toList());
        }
    }

    /** A state. */
    @Schema(name = "SnapshotState")
    record State(
            @Schema(description = "The state's name.", example = "aggregates")
            String name,

            @Schema(description = "KEYED or TIMERS.") StateSchema.Form form,

            @Schema(description = "Columns of the key and their types.", example = "{\"origin\": \"STRING\"}")
            Map<String, String> key,

            @Schema(description = "Whether entries belong to windows.")
            boolean windowed,

            @Schema(description = "Columns of the value and their types.", example = "{\"flights\": \"LONG\"}")
            Map<String, String> value,

            @Schema(description = "Files it lies in.", example = "3")
            int files,

            @Schema(description = "Bytes of these files.", example = "4096")
            long bytes,

            @Schema(
                    description = "Entries in these files, delete markers and overwritten ones included.",
                    example = "500")
            long entries) {

        static State of(StateContent state) {
            StateSchema schema = state.schema();
            return new State(
                    schema.name(),
                    schema.form(),
                    columns(schema.key()),
                    schema.namespaced(),
                    columns(schema.value()),
                    state.runs().size(),
                    state.totalBytes(),
                    state.runs().stream().mapToLong(run -> run.entries()).sum());
        }

        private static Map<String, String> columns(List<Column> columns) {
            Map<String, String> types = new LinkedHashMap<>();
            columns.stream()
                    .filter(column -> !column.isInternal())
                    .forEach(column -> types.put(column.name(), column.type().name()));
            return types;
        }
    }

    /** A hold, in short. */
    @Schema(name = "HeldBy")
    record HeldBy(
            @Schema(description = "The hold's id.") String id,
            @Schema(description = "Who may release it.") Hold.Kind kind,

            @Schema(description = "Why it is held.", example = "audit 2026")
            String reason,

            @Schema(description = "Who placed it.", example = "ann")
            String placedBy,

            @Schema(description = "When it ends by itself; null for never.") @Nullable
            Instant expiresAt) {

        static HeldBy of(Hold hold) {
            return new HeldBy(hold.id(), hold.kind(), hold.reason(), hold.placedBy(), hold.expiresAt());
        }
    }

    static SnapshotDetailResponse of(Job job, VersionDetail detail) {
        Manifest manifest = detail.manifest();
        return new SnapshotDetailResponse(
                SnapshotResponse.of(job, detail.listed()),
                manifest == null
                        ? null
                        : manifest.content().sources().stream()
                                .map(Position::of)
                                .toList(),
                manifest == null
                        ? null
                        : manifest.content().operators().stream()
                                .map(Operator::of)
                                .toList(),
                detail.holds().stream().map(HeldBy::of).toList());
    }

    private static @Nullable Instant instant(long millis) {
        return millis == Long.MIN_VALUE || millis == Long.MAX_VALUE ? null : Instant.ofEpochMilli(millis);
    }
}
