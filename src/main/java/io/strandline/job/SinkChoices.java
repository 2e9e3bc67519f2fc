package io.strandline.job;

import io.strandline.catalog.SinkChoice;
import io.strandline.job.StartRequest.SinkRequest;
import io.strandline.pipeline.PipelineDocument;
import io.strandline.pipeline.SinkSpec;
import io.strandline.pipeline.SinkSpec.DiscardSink;
import io.strandline.pipeline.SinkSpec.FileSink;
import io.strandline.pipeline.SinkSpec.JdbcSink;
import io.strandline.problem.ErrorCode;
import io.strandline.problem.FieldError;
import io.strandline.problem.Problem;
import io.strandline.problem.StrandlineException;
import io.strandline.runner.SinkRoute;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Where the sinks of a forked branch write. Somebody has said so for each of them, since a fork that wrote where its parent
 * does would double the parent's output.
 */
final class SinkChoices {

    private final PipelineDocument document;
    private final String pointer;

    /**
     * @param document the pipeline that is to run
     * @param pointer where the choices stand in the request
     */
    SinkChoices(PipelineDocument document, String pointer) {
        this.document = document;
        this.pointer = pointer;
    }

    /**
     * What was chosen before, with what is asked now in its place; directories that a sink was sent to before are kept in mind.
     *
     * @throws StrandlineException {@code invalid-body} with a pointer; {@code reason-required} for a forced one without
     */
    Map<String, SinkChoice> with(
            Map<String, SinkChoice> before, Map<String, SinkRequest> asked, @Nullable String reason) {
        Map<String, SinkChoice> choices = new HashMap<>(before);
        new TreeMap<>(asked)
                .forEach((name, request) ->
                        choices.put(name, choice(name, request, reason).after(before.get(name))));
        return choices;
    }

    /** Refuses when nobody has said where some sink writes. Those that write nothing need no choice. */
    void refuseMissing(Map<String, SinkChoice> choices) {
        List<String> missing = document.sinks().stream()
                .filter(sink -> !(sink instanceof DiscardSink))
                .map(SinkSpec::name)
                .filter(name -> !choices.containsKey(name))
                .toList();
        if (!missing.isEmpty()) {
            throw Problem.of(
                            ErrorCode.SINK_CHOICE_REQUIRED,
                            "A forked branch writes nowhere until somebody says where; say it for "
                                    + String.join(", ", missing) + ".")
                    .withErrors(missing.stream()
                            .map(name -> new FieldError(
                                    pointer + "/" + name,
                                    "send mode DISABLED, REDIRECT with a path or table, or SAME with force"))
                            .toList())
                    .asException();
        }
    }

    /** The choices as the runner takes them; those of sinks that the pipeline does not have any more are left out. */
    Map<String, SinkRoute> routes(Map<String, SinkChoice> choices) {
        Map<String, SinkRoute> routes = new HashMap<>();
        for (SinkSpec sink : document.sinks()) {
            SinkChoice choice = choices.get(sink.name());
            SinkRoute route = choice == null ? null : route(choice);
            if (route != null) {
                routes.put(sink.name(), route);
            }
        }
        return routes;
    }

    private static @Nullable SinkRoute route(SinkChoice choice) {
        if (choice.mode() == SinkChoice.Mode.DISABLED) {
            return new SinkRoute.Nowhere();
        }
        if (choice.path() != null) {
            return new SinkRoute.ToPath(choice.path(), choice.earlier());
        }
        return choice.table() == null ? null : new SinkRoute.ToTable(choice.table());
    }

    private SinkChoice choice(String name, SinkRequest request, @Nullable String reason) {
        SinkSpec sink = document.sinks().stream()
                .filter(any -> any.name().equals(name))
                .findFirst()
                .orElseThrow(() -> invalid("/" + name, "The pipeline has no sink '" + name + "'; it has " + names()));
        return switch (request.mode()) {
            case DISABLED -> {
                refuseExtra(name, request.path(), request.table());
                yield SinkChoice.DISABLED;
            }
            case SAME -> {
                refuseExtra(name, request.path(), request.table());
                refuseUnforced(name, request, reason);
                yield SinkChoice.SAME;
            }
            case REDIRECT -> redirect(sink, request);
        };
    }

    private SinkChoice redirect(SinkSpec sink, SinkRequest request) {
        String name = sink.name();
        if (sink instanceof FileSink file) {
            refuseExtra(name, null, request.table());
            String path = required(name + "/path", request.path(), "the directory to write to");
            refuseSame(name + "/path", path, file.path());
            return SinkChoice.toPath(path);
        }
        if (sink instanceof JdbcSink jdbc) {
            refuseExtra(name, request.path(), null);
            String table = required(name + "/table", request.table(), "the table to write to");
            refuseSame(name + "/table", table, jdbc.table());
            return SinkChoice.toTable(table);
        }
        throw invalid("/" + name + "/mode", "Sink " + name + " writes nothing that could go elsewhere.");
    }

    private String required(String at, @Nullable String value, String what) {
        if (value == null || value.isBlank()) {
            throw invalid("/" + at, "REDIRECT needs " + what + ".");
        }
        return value;
    }

    private void refuseSame(String at, String wanted, String own) {
        if (wanted.equals(own)) {
            throw invalid("/" + at, "'" + wanted + "' is where the pipeline writes; send SAME with force to mean it.");
        }
    }

    private void refuseExtra(String name, @Nullable String path, @Nullable String table) {
        if (path != null || table != null) {
            String extra = path == null ? "table" : "path";
            throw invalid("/" + name + "/" + extra, extra + " does not go with this mode or type of sink.");
        }
    }

    private void refuseUnforced(String name, SinkRequest request, @Nullable String reason) {
        if (!request.forced()) {
            throw invalid(
                    "/" + name + "/force",
                    "Sink " + name + " would write beside other branches' output; send force true to mean it.");
        }
        if (reason == null || reason.isBlank()) {
            throw new StrandlineException(
                    ErrorCode.REASON_REQUIRED, "Sink " + name + " is forced to write beside other branches; say why.");
        }
    }

    private String names() {
        return String.join(", ", document.sinks().stream().map(SinkSpec::name).toList());
    }

    private StrandlineException invalid(String at, String detail) {
        return Problem.of(ErrorCode.INVALID_BODY, detail)
                .withError(pointer + at, detail)
                .asException();
    }
}
