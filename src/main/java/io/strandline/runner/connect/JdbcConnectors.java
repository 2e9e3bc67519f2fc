package io.strandline.runner.connect;

import io.strandline.engine.connector.Sink;
import io.strandline.engine.connector.jdbc.JdbcSink;
import io.strandline.engine.connector.jdbc.JdbcTarget;
import io.strandline.engine.connector.jdbc.RefusedLetters;
import io.strandline.engine.element.RowType;
import io.strandline.pipeline.DeadLetters;
import io.strandline.pipeline.SinkSpec;
import io.strandline.runner.InstanceSpec;
import io.strandline.runner.StartObstacle;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sinks of databases as the engine's. */
final class JdbcConnectors {

    private static final Logger LOG = LoggerFactory.getLogger(JdbcConnectors.class);

    private JdbcConnectors() {}

    static Sink sink(SinkSpec.JdbcSink spec, RowType rows, InstanceSpec start, ConnectorResources resources)
            throws IOException {
        String jobId = start.on().jobId();
        return new JdbcSink(
                target(spec, resources),
                rows,
                resources.outbox().of(jobId, spec.name()),
                jobId + "/" + spec.name(),
                letters(spec, start, resources));
    }

    private static @Nullable RefusedLetters letters(
            SinkSpec.JdbcSink spec, InstanceSpec start, ConnectorResources resources) throws IOException {
        DeadLetters letters = spec.deadLetters();
        return letters == null
                ? null
                : new RefusedLetters(
                        spec.name(),
                        Connectors.deadLetterSink(spec.name()),
                        resources.outputs().claim(letters.path(), start),
                        letters.max());
    }

    /** What keeps rows out of the table. A database that does not answer is no obstacle: output waits for it. */
    static List<StartObstacle> obstacles(
            SinkSpec.JdbcSink spec, RowType rows, String pointer, ConnectorResources resources) {
        JdbcTarget target;
        try {
            target = target(spec, resources);
        } catch (IOException unknown) {
            return List.of(obstacle(pointer + "/connection", String.valueOf(unknown.getMessage())));
        }
        try {
            Optional<String> mismatch = JdbcSink.mismatch(target, rows);
            return mismatch.map(detail -> List.of(obstacle(pointer + "/table", detail)))
                    .orElse(List.of());
        } catch (SQLException unanswered) {
            LOG.warn(
                    "connection {} does not answer; whether table {} takes rows of sink {} shows later: {}",
                    spec.connection(),
                    spec.table(),
                    spec.name(),
                    unanswered.getMessage());
            return List.of();
        }
    }

    private static JdbcTarget target(SinkSpec.JdbcSink spec, ConnectorResources resources) throws IOException {
        return new JdbcTarget(resources.databases().named(spec.connection()), spec.table(), spec.keys());
    }

    private static StartObstacle obstacle(String pointer, String detail) {
        return new StartObstacle(StartObstacle.Kind.CONNECTOR, pointer, detail);
    }
}
