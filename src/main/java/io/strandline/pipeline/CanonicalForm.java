package io.strandline.pipeline;

import io.strandline.pipeline.OperatorSpec.Aggregation;
import io.strandline.pipeline.OperatorSpec.Deduplicate;
import io.strandline.pipeline.OperatorSpec.Emit;
import io.strandline.pipeline.OperatorSpec.Filter;
import io.strandline.pipeline.OperatorSpec.Join;
import io.strandline.pipeline.OperatorSpec.Mapping;
import io.strandline.pipeline.OperatorSpec.NamedExpression;
import io.strandline.pipeline.OperatorSpec.Shape;
import io.strandline.pipeline.OperatorSpec.Union;
import io.strandline.pipeline.OperatorSpec.Window;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes the one text form of a document that is stored and digested. Defaults are filled in, so that a later release
 * with other defaults reads the same pipeline.
 */
final class CanonicalForm {

    private static final JsonMapper JSON = new JsonMapper();

    private CanonicalForm() {}

    static String write(PipelineDocument document) {
        ObjectNode root = JSON.createObjectNode();
        root.put("name", document.name());
        putText(root, "description", document.description());
        root.put("parallelism", document.parallelism());
        root.put("maxParallelism", document.maxParallelism());
        ArrayNode sources = root.putArray("sources");
        document.sources().forEach(source -> ConnectorForm.write(source, sources.addObject()));
        ArrayNode operators = root.putArray("operators");
        document.operators().forEach(operator -> writeOperator(operator, operators.addObject()));
        ArrayNode sinks = root.putArray("sinks");
        document.sinks().forEach(sink -> ConnectorForm.write(sink, sinks.addObject()));
        writeCheckpoints(document.checkpoints(), root.putObject("checkpoints"));
        writeState(document.state(), root.putObject("state"));
        writeRestart(document.restart(), root.putObject("restart"));
        return JSON.writeValueAsString(root);
    }

    private static void writeOperator(OperatorSpec operator, ObjectNode to) {
        to.put("name", operator.name());
        if (operator instanceof Filter filter) {
            to.put("type", "filter").put("input", filter.input()).put("where", filter.where());
            ConnectorForm.writeOnError(filter.deadLetters(), to);
        } else if (operator instanceof Mapping mapping) {
            to.put("type", "map").put("input", mapping.input());
            putExpressions(to, "columns", mapping.columns());
            ConnectorForm.writeOnError(mapping.deadLetters(), to);
        } else if (operator instanceof Aggregation aggregation) {
            to.put("type", "aggregate").put("input", aggregation.input());
            putNames(to, "keyBy", aggregation.keyBy());
            putExpressions(to, "aggregates", aggregation.aggregates());
            writeEmit(aggregation.emit(), to);
            ConnectorForm.writeOnError(aggregation.deadLetters(), to);
        } else if (operator instanceof Window window) {
            to.put("type", "window").put("input", window.input());
            putNames(to, "keyBy", window.keyBy());
            writeShape(window.shape(), to.putObject("window"));
            putDuration(to, "allowedLateness", window.allowedLateness());
            putExpressions(to, "aggregates", window.aggregates());
            ConnectorForm.writeOnError(window.deadLetters(), to);
        } else if (operator instanceof Deduplicate deduplicate) {
            to.put("type", "deduplicate").put("input", deduplicate.input());
            putNames(to, "keyBy", deduplicate.keyBy());
            putDuration(to, "ttl", deduplicate.ttl());
        } else if (operator instanceof Union union) {
            to.put("type", "union");
            putNames(to, "inputs", union.inputs());
        } else if (operator instanceof Join join) {
            writeJoin(join, to);
        } else if (operator instanceof OperatorSpec.Process process) {
            writeProcess(process, to);
        }
    }

    private static void writeShape(Shape shape, ObjectNode to) {
        if (shape instanceof Shape.Sliding sliding) {
            to.put("type", "SLIDING");
            putDuration(to, "size", sliding.size());
            putDuration(to, "slide", sliding.slide());
        } else if (shape instanceof Shape.Session session) {
            to.put("type", "SESSION");
            putDuration(to, "gap", session.gap());
        } else if (shape instanceof Shape.Tumbling tumbling) {
            to.put("type", "TUMBLING");
            putDuration(to, "size", tumbling.size());
        }
    }

    private static void writeJoin(Join join, ObjectNode to) {
        to.put("type", "join");
        writeSide(join.left(), to.putObject("left"));
        writeSide(join.right(), to.putObject("right"));
        putDuration(to, "lower", join.lower());
        putDuration(to, "upper", join.upper());
        if (!join.columns().isEmpty()) {
            putExpressions(to, "columns", join.columns());
        }
    }

    private static void writeProcess(OperatorSpec.Process process, ObjectNode to) {
        to.put("type", "process").put("input", process.input());
        if (!process.keyBy().isEmpty()) {
            putNames(to, "keyBy", process.keyBy());
        }
        to.put("class", process.type());
        if (!process.config().isEmpty()) {
            to.set("config", JSON.valueToTree(process.config()));
        }
        putText(to, "jar", process.jar());
    }

    private static void writeSide(OperatorSpec.Side side, ObjectNode to) {
        to.put("input", side.input());
        putNames(to, "keyBy", side.keyBy());
    }

    private static void writeEmit(Emit emit, ObjectNode operator) {
        if (emit instanceof Emit.Every every) {
            putDuration(operator.putObject("emit"), "every", every.interval());
        } else {
            operator.put("emit", emit instanceof Emit.None ? "NONE" : "CHANGES");
        }
    }

    private static void writeCheckpoints(CheckpointSpec checkpoints, ObjectNode to) {
        Duration interval = checkpoints.interval();
        to.put("interval", interval == null ? "NONE" : interval.toString());
        to.put("guarantee", checkpoints.guarantee().name());
        putDuration(to, "timeout", checkpoints.timeout());
        putDuration(to, "minPause", checkpoints.minPause());
        to.put("tolerableFailures", checkpoints.tolerableFailures());
        ObjectNode retry =
                to.putObject("retry").put("attempts", checkpoints.retry().attempts());
        putDuration(retry, "initial", checkpoints.retry().initial());
        putDuration(retry, "max", checkpoints.retry().max());
        to.put("unaligned", checkpoints.unaligned());
        putDuration(to, "alignedTimeout", checkpoints.alignedTimeout());
    }

    private static void writeState(StateSpec state, ObjectNode to) {
        to.put("backend", state.backend().wireName());
        to.put("snapshots", state.snapshots().name());
        to.put("memoryBudget", Scalars.writeBytes(state.memoryBudgetBytes()));
    }

    private static void writeRestart(RestartSpec restart, ObjectNode to) {
        to.put("strategy", restart.strategy().name());
        putDuration(to, "initial", restart.initial());
        putDuration(to, "max", restart.max());
        to.put("maxAttempts", restart.maxAttempts());
        to.put("fallback", restart.fallback().name());
    }

    private static void putText(ObjectNode to, String field, @Nullable String value) {
        if (value != null) {
            to.put(field, value);
        }
    }

    static void putDuration(ObjectNode to, String field, @Nullable Duration value) {
        if (value != null) {
            to.put(field, value.toString());
        }
    }

    static void putNames(ObjectNode to, String field, List<String> names) {
        ArrayNode array = to.putArray(field);
        names.forEach(array::add);
    }

    private static void putExpressions(ObjectNode to, String field, List<NamedExpression> expressions) {
        ObjectNode object = to.putObject(field);
        for (NamedExpression expression : expressions) {
            object.put(expression.name(), expression.expression());
        }
    }
}
