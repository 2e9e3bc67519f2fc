package io.strandline.engine.task;

import io.strandline.engine.chain.ChainLink;
import io.strandline.engine.element.Batch;
import io.strandline.engine.element.BatchKeys;
import io.strandline.engine.element.RowType;
import io.strandline.engine.element.RowsDecoder;
import io.strandline.engine.graph.Edge;
import io.strandline.engine.graph.Exchange;
import io.strandline.engine.graph.InFlightSchema;
import io.strandline.engine.graph.JobGraph;
import io.strandline.snapshot.KeyGroupRange;
import io.strandline.snapshot.OperatorContent;
import io.strandline.snapshot.Run;
import io.strandline.snapshot.SnapshotContent;
import io.strandline.snapshot.StateContent;
import io.strandline.snapshot.StateSchema;
import io.strandline.state.IncompatibleStateException;
import io.strandline.state.KeyColumns;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads what was in flight in the restored version. Rows that are shared out by key go to the subtask that owns their key
 * group now; others stay together, and go to the subtask that owns the first key group of the one they were on their way to.
 * Rows that all subtasks get go to each as they were on their way to the one that owned its first key group, whose copy of
 * what came of the rows before them it goes on with.
 */
final class InFlightRestore {

    private final JobGraph graph;
    private final TaskSettings settings;

    InFlightRestore(JobGraph graph, TaskSettings settings) {
        this.graph = graph;
        this.settings = settings;
    }

    /** How rows of a vertex's input are described. */
    StateSchema schema(String vertex, int input) {
        Edge edge = graph.inputs(vertex).get(input);
        return InFlightSchema.of(input, graph.type(edge), edge.exchange());
    }

    /** Adds what belongs to one subtask's link. */
    void read(ChainLink link, int index, Recovered into) throws IOException {
        SnapshotContent restored = settings.restored();
        if (restored == null) {
            return;
        }
        List<Edge> inputs = graph.inputs(link.vertex());
        for (int input = 0; input < inputs.size(); input++) {
            StateContent stored = stored(restored, link.vertex(), schema(link.vertex(), input));
            if (stored != null) {
                KeyGroupRange owned =
                        KeyGroupRange.of(index, graph.vertex(link.vertex()).parallelism(), graph.maxParallelism());
                Selection selection = new Selection(inputs.get(input), owned, settings.batchSize());
                for (Run run : stored.runs()) {
                    selection.read(run, link, input, into);
                }
            }
        }
    }

    private static @Nullable StateContent stored(SnapshotContent restored, String vertex, StateSchema declared) {
        for (OperatorContent operator : restored.operators()) {
            for (StateContent state : operator.states()) {
                if (operator.name().equals(vertex) && state.schema().name().equals(declared.name())) {
                    if (!state.schema().equals(declared)) {
                        throw new IncompatibleStateException(vertex, state.schema(), declared);
                    }
                    return state;
                }
            }
        }
        return null;
    }

    /** The rows of one edge that one subtask takes. */
    private final class Selection {

        private final RowType type;
        private final Exchange exchange;
        private final @Nullable BatchKeys keys;
        private final KeyGroupRange owned;
        private final int batchSize;

        Selection(Edge edge, KeyGroupRange owned, int batchSize) {
            this.type = graph.type(edge);
            this.exchange = edge.exchange();
            this.keys = exchange instanceof Exchange.Keyed keyed ? new BatchKeys(type, keyed.columns()) : null;
            this.owned = owned;
            this.batchSize = batchSize;
        }

        void read(Run run, ChainLink link, int input, Recovered into) throws IOException {
            if (!mayHold(run.keyGroups())) {
                return;
            }
            RowsDecoder decoder = new RowsDecoder(type, settings.state().readInFlight(run));
            for (Batch batch = decoder.next(); batch != null; batch = decoder.next()) {
                int[] rows = new int[batch.size()];
                int count = select(batch, rows);
                for (int from = 0; from < count; from += batchSize) {
                    Batch part = new Batch(type, batchSize);
                    part.append(batch, rows, from, Math.min(batchSize, count - from));
                    into.add(link, input, part);
                }
            }
        }

        private boolean mayHold(KeyGroupRange receiver) {
            if (exchange instanceof Exchange.Broadcast) {
                return receiver.contains(owned.first());
            }
            return keys == null ? owned.contains(receiver.first()) : owned.overlaps(receiver);
        }

        private int select(Batch batch, int[] rows) {
            long @Nullable [] hashes =
                    keys == null ? null : keys.ofUnhashed(batch).hashes();
            int count = 0;
            for (int row = 0; row < batch.size(); row++) {
                if (hashes == null || owned.contains(KeyColumns.keyGroup(hashes[row], graph.maxParallelism()))) {
                    rows[count++] = row;
                }
            }
            return count;
        }
    }
}
