package io.strandline.engine.task;

import io.strandline.engine.channel.Channel;
import io.strandline.engine.channel.ExchangeWriter;
import io.strandline.engine.channel.InputGate;
import io.strandline.engine.connector.SinkWriterContext;
import io.strandline.engine.element.BatchKeys;
import io.strandline.engine.element.RowType;
import io.strandline.engine.element.Watermark;
import io.strandline.engine.graph.Chain;
import io.strandline.engine.graph.Edge;
import io.strandline.engine.graph.Exchange;
import io.strandline.engine.graph.JobGraph;
import io.strandline.engine.graph.Vertex;
import io.strandline.engine.graph.Vertex.OperatorVertex;
import io.strandline.engine.graph.Vertex.SinkVertex;
import io.strandline.engine.graph.Vertex.SourceVertex;
import io.strandline.engine.operator.OperatorContext;
import io.strandline.snapshot.KeyGroupRange;
import io.strandline.snapshot.OperatorContent;
import io.strandline.snapshot.SnapshotContent;
import io.strandline.state.SubtaskState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Turns a graph into subtasks and the channels between them. */
public final class SubtaskPlan {

    private final JobGraph graph;
    private final TaskSettings settings;
    private final SubtaskListener listener;
    private final Map<Edge, Channel[][]> channels = new HashMap<>();

    /** For one start of {@code graph}. */
    public SubtaskPlan(JobGraph graph, TaskSettings settings, SubtaskListener listener) {
        this.graph = graph;
        this.settings = settings;
        this.listener = listener;
    }

    /** All subtasks, those of one chain after another. */
    public List<Subtask> subtasks() {
        for (Edge edge : graph.edges()) {
            if (!Chain.chained(graph, edge)) {
                channels.put(edge, connect(edge));
            }
        }
        List<Subtask> subtasks = new ArrayList<>();
        for (Chain chain : Chain.of(graph)) {
            for (int index = 0; index < chain.head().parallelism(); index++) {
                subtasks.add(subtask(chain, index));
            }
        }
        return subtasks;
    }

    private Channel[][] connect(Edge edge) {
        int senders = graph.vertex(edge.from()).parallelism();
        int receivers = graph.vertex(edge.to()).parallelism();
        RowType type = output(graph.vertex(edge.from()));
        Channel[][] matrix = new Channel[senders][receivers];
        for (Channel[] row : matrix) {
            for (int receiver = 0; receiver < receivers; receiver++) {
                row[receiver] = new Channel(type, settings.batchSize(), settings.queueCapacity());
            }
        }
        return matrix;
    }

    private Subtask subtask(Chain chain, int index) {
        ChainCursor cursor = new ChainCursor();
        Map<String, ChainLink> built = new HashMap<>();
        List<ChainLink> links = new ArrayList<>();
        for (int member = chain.members().size() - 1; member >= 0; member--) {
            ChainLink link = link(chain.members().get(member), index, cursor, built);
            built.put(link.vertex(), link);
            links.add(0, link);
        }
        return new Subtask(
                new SubtaskId(chain.head().name(), index),
                input(chain.head(), index),
                new Subtask.Chained(links, cursor, this::restoredWatermark),
                settings,
                listener);
    }

    private ChainLink link(Vertex vertex, int index, ChainCursor cursor, Map<String, ChainLink> built) {
        VertexCounters counters = new VertexCounters();
        List<ChainLink> next = new ArrayList<>();
        List<ExchangeWriter> writers = new ArrayList<>();
        for (Edge edge : graph.outputs(vertex.name())) {
            ChainLink target = built.get(edge.to());
            if (target != null) {
                next.add(target);
            } else {
                writers.add(writer(edge, index));
            }
        }
        return new ChainLink(vertex.name(), work(vertex, index, counters), cursor, counters, next, writers);
    }

    private LinkWork work(Vertex vertex, int index, VertexCounters counters) {
        if (vertex instanceof OperatorVertex operator) {
            SubtaskState state = operator.factory().states().isEmpty()
                    ? null
                    : settings.state()
                            .subtask(
                                    vertex.name(),
                                    KeyGroupRange.of(index, vertex.parallelism(), graph.maxParallelism()));
            OperatorContext context = new OperatorContext(
                    index, settings.batchSize(), restoredWatermark(vertex.name()), state, counters::late);
            return new OperatorWork(operator.factory().create(), context, state);
        }
        if (vertex instanceof SinkVertex sink) {
            return new SinkWork(sink.sink(), new SinkWriterContext(settings.branch(), index, settings.blocking()));
        }
        return new SourceWork();
    }

    private ExchangeWriter writer(Edge edge, int index) {
        Channel[] row = channel(edge)[index];
        if (edge.exchange() instanceof Exchange.Keyed keyed) {
            BatchKeys keys = new BatchKeys(output(graph.vertex(edge.from())), keyed.columns());
            return ExchangeWriter.keyed(List.of(row), keys, graph.maxParallelism(), settings.batchSize());
        }
        return ExchangeWriter.forward(row[index]);
    }

    private Input input(Vertex head, int index) {
        long watermark = restoredWatermark(head.name());
        if (head instanceof SourceVertex source) {
            return new SourceInput(source, index, settings, watermark);
        }
        List<Channel> incoming = graph.inputs(head.name()).stream()
                .flatMap(edge -> edge.exchange() instanceof Exchange.Forward
                        ? Stream.of(channel(edge)[index][index])
                        : IntStream.range(0, channel(edge).length).mapToObj(sender -> channel(edge)[sender][index]))
                .toList();
        return new GateInput(new InputGate(incoming, settings.aligned(), watermark));
    }

    private Channel[][] channel(Edge edge) {
        Channel[][] matrix = channels.get(edge);
        if (matrix == null) {
            throw new IllegalStateException("no channels for " + edge);
        }
        return matrix;
    }

    private long restoredWatermark(String vertex) {
        SnapshotContent restored = settings.restored();
        return restored == null
                ? Watermark.NONE
                : restored.operators().stream()
                        .filter(operator -> operator.name().equals(vertex))
                        .mapToLong(OperatorContent::watermark)
                        .findFirst()
                        .orElse(Watermark.NONE);
    }

    private static RowType output(Vertex vertex) {
        if (vertex instanceof SourceVertex source) {
            return source.source().type();
        }
        if (vertex instanceof OperatorVertex operator) {
            return operator.factory().output();
        }
        throw new IllegalArgumentException("a sink emits nothing: " + vertex.name());
    }
}
