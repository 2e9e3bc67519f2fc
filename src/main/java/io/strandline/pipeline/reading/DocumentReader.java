package io.strandline.pipeline.reading;

import io.strandline.pipeline.CheckpointSpec;
import io.strandline.pipeline.CheckpointSpec.Guarantee;
import io.strandline.pipeline.CheckpointSpec.Retry;
import io.strandline.pipeline.OperatorSpec;
import io.strandline.pipeline.PipelineDocument;
import io.strandline.pipeline.RestartSpec;
import io.strandline.pipeline.RestartSpec.Fallback;
import io.strandline.pipeline.RestartSpec.Strategy;
import io.strandline.pipeline.Scalars;
import io.strandline.pipeline.SinkSpec;
import io.strandline.pipeline.SourceSpec;
import io.strandline.pipeline.StateSpec;
import io.strandline.pipeline.StateSpec.Backend;
import io.strandline.pipeline.StateSpec.Snapshots;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads a document's tree into its records: fields, values and defaults, but not yet how the nodes fit together. */
final class DocumentReader {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9._-]{0,62}");
    private static final Pattern UUID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final Pattern HEX = Pattern.compile("[0-9a-f]{8,}");
    private static final Set<String> RESERVED = Set.of("head", "latest", "latest-verified", "all", "import");

    private static final int MOST_NODES = 100;
    private static final int MOST_KEY_GROUPS = 32_768;
    private static final Duration MOMENT = Duration.ofMillis(1);
    private static final long LEAST_MEMORY = 64 * 1024L;
    private static final long DEFAULT_MEMORY = 256 * 1024 * 1024L;

    /** A node and where it stands in the document. */
    record Located<T>(String pointer, T spec) {}

    /**
     * A document as far as it could be read.
     *
     * @param document has the sound nodes only, so it is complete if nothing was found
     * @param broken names of nodes that are there but could not be read
     */
    record Draft(
            PipelineDocument document,
            List<Located<SourceSpec>> sources,
            List<Located<OperatorSpec>> operators,
            List<Located<SinkSpec>> sinks,
            Set<String> broken) {

        int expressions() {
            return operators.stream()
                    .mapToInt(operator -> operator.spec().expressions())
                    .sum();
        }
    }

    /** Reads one kind of node. */
    interface NodeReader<T> {
        /** The node, or null after a finding. */
        @Nullable
        T read(String name, Fields fields);
    }

    private final Findings findings;
    private final Set<String> broken = new HashSet<>();

    DocumentReader(Findings findings) {
        this.findings = findings;
    }

    Draft read(JsonNode root) {
        Fields fields = new Fields(root, "", findings);
        String name = fields.text("name", "the job's name");
        if (fields.sound()) {
            checkJobName(name, fields);
        }
        String description = fields.optionalText("description", "text");
        int parallelism = (int) fields.integer("parallelism", 1, 16, 1L);
        int maxParallelism = (int) fields.integer("maxParallelism", parallelism, MOST_KEY_GROUPS, 128L);
        List<Located<SourceSpec>> sources = nodes(fields, "sources", new SourceReader()::read);
        List<Located<OperatorSpec>> operators = nodes(fields, "operators", new OperatorReader()::read);
        List<Located<SinkSpec>> sinks = nodes(fields, "sinks", new SinkReader()::read);
        CheckpointSpec checkpoints = checkpoints(fields.object("checkpoints"));
        StateSpec state = state(fields.object("state"));
        RestartSpec restart = restart(fields.object("restart"));
        fields.refuseUnknown();
        JsonNode sourceList = fields.required("sources", "at least one source");
        if (sourceList != null && sourceList.isArray() && sourceList.isEmpty()) {
            fields.wrong("sources", "at least one source is required; found none");
        }
        PipelineDocument document = new PipelineDocument(
                name,
                description,
                parallelism,
                maxParallelism,
                specs(sources),
                specs(operators),
                specs(sinks),
                checkpoints,
                state,
                restart);
        return new Draft(document, sources, operators, sinks, broken);
    }

    private static void checkJobName(String name, Fields fields) {
        if (!NAME.matcher(name).matches() || name.contains("..") || name.endsWith(".")) {
            fields.wrong(
                    "name",
                    "a name begins with a-z and goes on with up to 62 of a-z, 0-9, '.', '_' and '-', without '..' or a"
                            + " '.' at its end; found '" + name + "'");
        } else if (UUID.matcher(name).matches() || HEX.matcher(name).matches()) {
            fields.wrong("name", "a name must not look like an id; found '" + name + "'");
        } else if (RESERVED.contains(name)) {
            fields.wrong("name", "'" + name + "' has a meaning of its own in revisions; choose another name");
        }
    }

    private static <T> List<T> specs(List<Located<T>> nodes) {
        return nodes.stream().map(Located::spec).toList();
    }

    private <T> List<Located<T>> nodes(Fields parent, String field, NodeReader<T> reader) {
        List<Located<T>> nodes = new ArrayList<>();
        List<JsonNode> elements = parent.list(field, MOST_NODES);
        for (int i = 0; i < elements.size(); i++) {
            String pointer = parent.pointer(field) + "/" + i;
            Fields fields = new Fields(elements.get(i), pointer, findings);
            String name = fields.text("name", "a name");
            if (fields.sound() && !NAME.matcher(name).matches()) {
                fields.wrong(
                        "name",
                        "a name begins with a-z and goes on with up to 62 of a-z, 0-9, '.', '_' and '-'; found '" + name
                                + "'");
            }
            T spec = reader.read(name, fields);
            if (spec != null && fields.sound()) {
                nodes.add(new Located<>(pointer, spec));
            } else {
                broken.add(name);
            }
        }
        return nodes;
    }

    private static CheckpointSpec checkpoints(Fields fields) {
        JsonNode interval = fields.optional("interval");
        boolean manual = interval != null
                && interval.isString()
                && interval.stringValue().equals("NONE");
        Duration period = interval == null
                ? Duration.ofSeconds(10)
                : manual ? null : fields.durationOf("interval", MOMENT, interval);
        Guarantee guarantee = fields.choice("guarantee", Guarantee.values(), Guarantee::name, Guarantee.EXACTLY_ONCE);
        Duration timeout = fields.duration("timeout", MOMENT, Duration.ofMinutes(10));
        Duration minPause = fields.duration("minPause", Duration.ZERO, Duration.ZERO);
        int tolerableFailures = (int) fields.integer("tolerableFailures", 0, 1_000_000, 3L);
        Retry retry = retry(fields.object("retry"));
        boolean unaligned = unaligned(fields, guarantee);
        Duration alignedTimeout = fields.optionalDuration("alignedTimeout", Duration.ZERO);
        fields.refuseUnknown();
        return new CheckpointSpec(
                period, guarantee, timeout, minPause, tolerableFailures, retry, unaligned, alignedTimeout);
    }

    private static boolean unaligned(Fields fields, Guarantee guarantee) {
        JsonNode unaligned = fields.optional("unaligned");
        if (unaligned == null) {
            return false;
        }
        if (!unaligned.isBoolean()) {
            fields.wrong("unaligned", "true or false is expected; found " + Scalars.describe(unaligned));
            return false;
        }
        if (unaligned.booleanValue() && guarantee == Guarantee.AT_LEAST_ONCE) {
            fields.wrong("unaligned", "checkpoints under AT_LEAST_ONCE are never aligned; leave it out");
        }
        return unaligned.booleanValue();
    }

    private static Retry retry(Fields fields) {
        int attempts = (int) fields.integer("attempts", 1, 100, 1L);
        Duration initial = fields.duration("initial", Duration.ZERO, Duration.ofSeconds(1));
        Duration max = fields.duration("max", Duration.ZERO, Duration.ofSeconds(30));
        refuseDescending(initial, max, fields);
        fields.refuseUnknown();
        return new Retry(attempts, initial, max);
    }

    private static StateSpec state(Fields fields) {
        Backend backend = fields.choice("backend", Backend.values(), Backend::wireName, Backend.ROCKSDB);
        Snapshots snapshots = fields.choice("snapshots", Snapshots.values(), Snapshots::name, Snapshots.INCREMENTAL);
        long memoryBudget = fields.bytes("memoryBudget", LEAST_MEMORY, DEFAULT_MEMORY);
        fields.refuseUnknown();
        return new StateSpec(backend, snapshots, memoryBudget);
    }

    private static RestartSpec restart(Fields fields) {
        Strategy strategy = fields.choice("strategy", Strategy.values(), Strategy::name, Strategy.EXPONENTIAL);
        Duration initial = fields.duration("initial", Duration.ZERO, Duration.ofMillis(200));
        Duration max = fields.duration("max", Duration.ZERO, Duration.ofMinutes(1));
        int maxAttempts = (int) fields.integer("maxAttempts", 0, 1_000_000, 10L);
        Fallback fallback = fields.choice("fallback", Fallback.values(), Fallback::name, Fallback.NONE);
        refuseDescending(initial, max, fields);
        fields.refuseUnknown();
        return new RestartSpec(strategy, initial, max, maxAttempts, fallback);
    }

    private static void refuseDescending(Duration initial, Duration max, Fields fields) {
        if (fields.sound() && initial.compareTo(max) > 0) {
            fields.wrong(fields.has("max") ? "max" : "initial", "max " + max + " is shorter than initial " + initial);
        }
    }
}
