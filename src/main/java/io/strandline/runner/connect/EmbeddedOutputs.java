package io.strandline.runner.connect;

import io.strandline.engine.connector.file.FileSink;
import io.strandline.pipeline.SinkSpec;
import io.strandline.pipeline.reading.Pipelines;
import io.strandline.runner.OutputStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Output in this server's files roots, and on its way into databases. */
public final class EmbeddedOutputs implements OutputStore {

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedOutputs.class);

    private final ConnectorResources resources;
    private final Pipelines pipelines = new Pipelines();

    /** What the runner's connectors may touch. */
    public EmbeddedOutputs(ConnectorResources resources) {
        this.resources = resources;
    }

    @Override
    public List<String> irrevocableSinks(String pipeline) {
        return pipelines.read(pipeline, Pipelines.Syntax.JSON).document().sinks().stream()
                .filter(SinkSpec.JdbcSink.class::isInstance)
                .map(SinkSpec::name)
                .toList();
    }

    @Override
    public int release(List<String> documents, BiPredicate<String, Long> gone) {
        Set<String> paths = new TreeSet<>();
        for (String document : documents) {
            paths.addAll(Connectors.sinkPaths(
                            pipelines.read(document, Pipelines.Syntax.JSON).document())
                    .values());
        }
        int released = 0;
        for (String path : paths) {
            try {
                Path directory = resources.files().checkDirectory(path);
                released += Files.isDirectory(directory) ? FileSink.release(directory, gone) : 0;
            } catch (IOException failed) {
                LOG.warn("output that was taken back in {} could not be deleted", path, failed);
            }
        }
        return released;
    }

    @Override
    public void forget(String jobId) {
        try {
            resources.outbox().delete(jobId);
        } catch (IOException failed) {
            LOG.warn("output of job {} that waits could not be deleted", jobId, failed);
        }
    }
}
