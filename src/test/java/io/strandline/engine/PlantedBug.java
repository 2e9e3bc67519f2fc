package io.strandline.engine;

import io.strandline.engine.connector.Source;
import io.strandline.engine.connector.SplitReader;
import io.strandline.engine.element.Batch;
import io.strandline.engine.element.RowType;
import io.strandline.snapshot.KeyGroupRange;
import io.strandline.snapshot.OperatorContent;
import io.strandline.snapshot.SnapshotContent;
import io.strandline.snapshot.StateSchema;
import io.strandline.state.FlushStatistics;
import io.strandline.state.InstanceState;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;

/** What the dataflow could get wrong, for the simulation to tell. */
enum PlantedBug {
    NONE,
    /** A source notes where it stands after the row behind the barrier. */
    OFFSET_AFTER_BARRIER,
    /** Channels that have delivered the barrier are read on. */
    INPUTS_ARE_NOT_ALIGNED,
    /** What a barrier overtook is not written. */
    OVERTAKEN_ROWS_ARE_DROPPED,
    /** What a barrier overtook is delivered twice. */
    OVERTAKEN_ROWS_COME_TWICE,
    /** What a barrier overtook is filed under the key groups of the subtask next door. */
    KEY_GROUPS_ARE_OFF_BY_ONE,
    /** A subtask goes on with the copy of broadcast rows of another one than that whose rows in flight it gets. */
    COPY_OF_ANOTHER_SUBTASK,
    /** Timers are not restored. */
    TIMERS_ARE_LOST,
    /** Event time follows one input and not the other. */
    WATERMARK_OF_ONE_INPUT,
    /** Output is made visible before the version is one. */
    SINKS_COMMIT_BEFORE_THE_ENTRY,
    /** Sinks are not told of a version. */
    SINKS_ARE_NOT_NOTIFIED;

    boolean aligns() {
        return this != INPUTS_ARE_NOT_ALIGNED;
    }

    SnapshotContent restored(SnapshotContent version) {
        return switch (this) {
            case TIMERS_ARE_LOST -> without(version, state -> state.form() == StateSchema.Form.TIMERS);
            default -> version;
        };
    }

    Source source(Source source) {
        return this == OFFSET_AFTER_BARRIER ? new Hasty(source) : source;
    }

    InstanceState state(InstanceState state) {
        return (InstanceState) Proxy.newProxyInstance(
                InstanceState.class.getClassLoader(),
                new Class<?>[] {InstanceState.class},
                (proxy, method, arguments) -> {
                    try {
                        return switch (method.getName()) {
                            case "stage" ->
                                stage(state, (Long) arguments[0], (InstanceState.InFlightRows) arguments[1]);
                            case "readInFlight" -> read((byte[]) method.invoke(state, arguments));
                            default -> method.invoke(state, arguments);
                        };
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private CompletableFuture<FlushStatistics> stage(
            InstanceState state, long number, InstanceState.InFlightRows rows) {
        return switch (this) {
            case OVERTAKEN_ROWS_ARE_DROPPED -> CompletableFuture.completedFuture(new FlushStatistics(0, 0, 0, 0));
            case KEY_GROUPS_ARE_OFF_BY_ONE ->
                state.stage(
                        number,
                        new InstanceState.InFlightRows(
                                rows.operator(),
                                rows.schema(),
                                nextDoor(rows.keyGroups()),
                                rows.rows(),
                                rows.content()));
            default -> state.stage(number, rows);
        };
    }

    private byte[] read(byte[] content) {
        if (this != OVERTAKEN_ROWS_COME_TWICE) {
            return content;
        }
        byte[] twice = new byte[2 * content.length];
        System.arraycopy(content, 0, twice, 0, content.length);
        System.arraycopy(content, 0, twice, content.length, content.length);
        return twice;
    }

    private static KeyGroupRange nextDoor(KeyGroupRange range) {
        int first = (range.last() + 1) % EngineHarness.MAX_PARALLELISM;
        return new KeyGroupRange(first, Math.min(EngineHarness.MAX_PARALLELISM - 1, first + range.size() - 1));
    }

    private static SnapshotContent without(SnapshotContent version, Predicate<StateSchema> dropped) {
        List<OperatorContent> operators = version.operators().stream()
                .map(operator -> new OperatorContent(
                        operator.name(),
                        operator.watermark(),
                        operator.states().stream()
                                .filter(state -> !dropped.test(state.schema()))
                                .toList()))
                .toList();
        return new SnapshotContent(
                version.number(),
                version.mode(),
                version.backend(),
                version.parallelism(),
                version.maxParallelism(),
                version.sources(),
                operators,
                version.newBytes());
    }

    /** A source that is a row ahead of itself. */
    private record Hasty(Source source) implements Source {

        @Override
        public RowType type() {
            return source.type();
        }

        @Override
        public List<String> splits() {
            return source.splits();
        }

        @Override
        public SplitReader open(String split, long offset) throws IOException {
            SplitReader reader = source.open(split, offset);
            return new SplitReader() {
                @Override
                public Availability read(Batch into, int max) throws IOException {
                    return reader.read(into, max);
                }

                @Override
                public long offset() {
                    return reader.offset() + 1;
                }

                @Override
                public void close() throws IOException {
                    reader.close();
                }
            };
        }
    }
}
