package io.strandline.engine.task;

import io.strandline.engine.chain.ChainCursor;
import io.strandline.engine.chain.ChainLink;
import io.strandline.engine.chain.LinkOutput;
import io.strandline.engine.chain.LinkWork;
import io.strandline.engine.chain.Rejects;
import io.strandline.engine.chain.VertexCounters;
import io.strandline.engine.channel.Channel;
import io.strandline.engine.channel.ExchangeWriter;
import io.strandline.engine.channel.InputGate;
import io.strandline.engine.connector.SinkWriterContext;
import io.strandline.engine.element.BatchKeys;
import io.strandline.engine.element.Doorbell;
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
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Turns a graph into subtasks and the channels between them. */
public final class SubtaskPlan {

    private static final Channel[][] NO_CHANNELS = {};

    private final JobGraph graph;
    private final TaskSettings settings;
    private final SubtaskListener listener;
    private final List<Edge> edges;
    private final List<Chain> chains;
    private final Map<Integer, Channel[][]> channels = new HashMap<>();
    private final Map<SubtaskId, Doorbell> bells = new HashMap<>();
    private final Map<SubtaskId, Rejects> rejects = new HashMap<>();

    /** For one start of {@code graph}. */
    public SubtaskPlan(JobGraph graph, TaskSettings settings, SubtaskListener listener) {
        this.graph = graph;
        this.settings = settings;
        this.listener = listener;
        this.edges = graph.edges();
        this.chains = Chain.of(graph);
    }

    /**
     * All subtasks, those of one chain after another; reads what was in flight to them.
     *
     * @throws IOException when that cannot be read
     */
    public List<Subtask> subtasks() throws IOException {
        Map<String, Integer> inputs = new HashMap<>();
        for (int edge = 0; edge < edges.size(); edge++) {
            int input = inputs.merge(edges.get(edge).to(), 1, Integer::sum) - 1;
            if (!Chain.chained(graph, edges.get(edge))) {
                channels.put(edge, connect(edges.get(edge), input));
            }
        }
        List<Subtask> subtasks = new ArrayList<>();
        for (Chain chain : chains) {
            for (int index = 0; index < chain.head().parallelism(); index++) {
                subtasks.add(subtask(chain, index));
            }
        }
        return subtasks;
    }

    /** The queues of each edge in the graph's order, once {@link #subtasks} has made them. */
    public List<EdgeQueues> queues() {
        return IntStream.range(0, edges.size())
                .mapToObj(edge -> channels.getOrDefault(edge, NO_CHANNELS))
                .map(matrix -> new EdgeQueues(
                        Arrays.stream(matrix).flatMap(Arrays::stream).toList()))
                .toList();
    }

    private Channel[][] connect(Edge edge, int input) {
        int senders = graph.vertex(edge.from()).parallelism();
        int receivers = graph.vertex(edge.to()).parallelism();
        RowType type = graph.type(edge);
        Channel.Room room = new Channel.Room(settings.queueCapacity(), settings.batchSize());
        Channel[][] matrix = new Channel[senders][receivers];
        for (int sender = 0; sender < senders; sender++) {
            for (int receiver = 0; receiver < receivers; receiver++) {
                matrix[sender][receiver] =
                        new Channel(input, type, room, bell(edge.from(), sender), bell(edge.to(), receiver));
            }
        }
        return matrix;
    }

    private Doorbell bell(String vertex, int index) {
        Chain chain = chains.stream()
                .filter(candidate -> candidate.members().contains(graph.vertex(vertex)))
                .findFirst()
                .orElseThrow();
        return bells.computeIfAbsent(new SubtaskId(chain.head().name(), index), any -> new Doorbell());
    }

    private Subtask subtask(Chain chain, int index) throws IOException {
        ChainCursor cursor = new ChainCursor();
        Map<String, ChainLink> built = new HashMap<>();
        List<ChainLink> links = new ArrayList<>();
        for (int member = chain.members().size() - 1; member >= 0; member--) {
            ChainLink link = link(chain.members().get(member), index, cursor, built);
            built.put(link.vertex(), link);
            links.add(0, link);
        }
        InFlightRestore restore = new InFlightRestore(graph, settings);
        Recovered recovered = new Recovered();
        // what had come further goes first, or rows of a key that was shared out twice would overtake each other
        for (int link = links.size() - 1; link >= 0; link--) {
            restore.read(links.get(link), index, recovered);
        }
        SubtaskCheckpoints.Rows rows = new SubtaskCheckpoints.Rows(
                KeyGroupRange.of(index, chain.head().parallelism(), graph.maxParallelism()), restore::schema);
        Doorbell bell = bell(chain.head().name(), index);
        return new Subtask(
                new SubtaskId(chain.head().name(), index),
                input(chain, index, bell),
                new Subtask.Chained(links, cursor, this::restoredWatermark, recovered, rows, bell),
                settings,
                listener);
    }

    private ChainLink link(Vertex vertex, int index, ChainCursor cursor, Map<String, ChainLink> built) {
        VertexCounters counters = new VertexCounters();
        List<LinkOutput> outputs = IntStream.range(0, outputs(vertex))
                .mapToObj(output -> output(vertex.name(), output, index, built))
                .toList();
        return new ChainLink(vertex.name(), work(vertex, index, counters), cursor, counters, outputs);
    }

    private LinkOutput output(String vertex, int output, int index, Map<String, ChainLink> built) {
        List<ChainLink> next = new ArrayList<>();
        List<ExchangeWriter> writers = new ArrayList<>();
        for (int edge = 0; edge < edges.size(); edge++) {
            if (!edges.get(edge).from().equals(vertex) || edges.get(edge).output() != output) {
                continue;
            }
            ChainLink target = built.get(edges.get(edge).to());
            if (target != null) {
                next.add(target);
            } else {
                writers.add(writer(edge, index));
            }
        }
        return new LinkOutput(next, writers);
    }

    private static int outputs(Vertex vertex) {
        if (vertex instanceof OperatorVertex operator) {
            return 1 + operator.factory().outputs().size();
        }
        if (vertex instanceof SourceVertex source) {
            return source.deadLetters() == null ? 1 : 1 + Rejects.OUTPUT;
        }
        return 0;
    }

    private LinkWork work(Vertex vertex, int index, VertexCounters counters) {
        if (vertex instanceof OperatorVertex operator) {
            SubtaskState state = operator.factory().states().isEmpty() ? null : state(vertex, index);
            OperatorContext context = new OperatorContext(
                    index,
                    keyGroups(vertex, index),
                    graph.maxParallelism(),
                    settings.batchSize(),
                    restoredWatermark(vertex.name()),
                    state,
                    settings.wall(),
                    counters::late);
            return LinkWork.operator(operator.factory().create(), context, state);
        }
        if (vertex instanceof SinkVertex sink) {
            SinkWriterContext context = new SinkWriterContext(
                    settings.branch(), index, settings.blocking(), settings.clock(), settings.storageFull());
            return LinkWork.sink(sink.sink(), context, cause -> listener.stalled(sink.name(), index, cause));
        }
        return LinkWork.source(rejects((SourceVertex) vertex, index));
    }

    private KeyGroupRange keyGroups(Vertex vertex, int index) {
        return KeyGroupRange.of(index, vertex.parallelism(), graph.maxParallelism());
    }

    private SubtaskState state(Vertex vertex, int index) {
        SubtaskState state = settings.state().subtask(vertex.name(), keyGroups(vertex, index));
        state.whenAdvanced(bell(vertex.name(), index)::ring);
        return state;
    }

    /** What a source's subtask shares between reading and sending on. */
    private Rejects rejects(SourceVertex source, int index) {
        return rejects.computeIfAbsent(
                new SubtaskId(source.name(), index),
                id -> new Rejects(source.name(), source.deadLetters(), settings.batchSize()));
    }

    private ExchangeWriter writer(int edge, int index) {
        Channel[] row = channel(edge)[index];
        if (edges.get(edge).exchange() instanceof Exchange.Keyed keyed) {
            BatchKeys keys = new BatchKeys(graph.type(edges.get(edge)), keyed.columns());
            return ExchangeWriter.keyed(List.of(row), keys, graph.maxParallelism(), settings.batchSize());
        }
        return edges.get(edge).exchange() instanceof Exchange.Broadcast
                ? ExchangeWriter.broadcast(List.of(row))
                : ExchangeWriter.forward(row[index]);
    }

    private Input input(Chain chain, int index, Doorbell bell) {
        Vertex head = chain.head();
        if (head instanceof SourceVertex source) {
            return new SourceInput(
                    source, index, settings, restoredWatermark(head.name()), bell, rejects(source, index));
        }
        List<Channel> incoming = IntStream.range(0, edges.size())
                .filter(edge -> edges.get(edge).to().equals(head.name()))
                .boxed()
                .flatMap(edge -> incoming(edge, index))
                .toList();
        // a link that an attempt overtook before it had reached its chain's watermark has to be told it again
        long watermark = chain.members().stream()
                .mapToLong(member -> restoredWatermark(member.name()))
                .min()
                .orElse(Watermark.NONE);
        return new GateInput(new InputGate(incoming, settings.aligned(), watermark));
    }

    private Stream<Channel> incoming(int edge, int index) {
        return edges.get(edge).exchange() instanceof Exchange.Forward
                ? Stream.of(channel(edge)[index][index])
                : Arrays.stream(channel(edge)).map(row -> row[index]);
    }

    private Channel[][] channel(int edge) {
        Channel[][] matrix = channels.get(edge);
        if (matrix == null) {
            throw new IllegalStateException("no channels for " + edges.get(edge));
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
}
