package io.strandline.runner.connect;

import io.strandline.engine.connector.file.FileSink;
import io.strandline.engine.connector.part.PartName;
import io.strandline.pipeline.SinkSpec;
import io.strandline.pipeline.reading.Pipelines;
import io.strandline.runner.DeadLetter;
import io.strandline.runner.OutputPlaces;
import io.strandline.runner.OutputStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Output in this server's files roots, and on its way into databases. */
public final class EmbeddedOutputs implements OutputStore {

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedOutputs.class);

    private final ConnectorResources resources;
    private final Pipelines pipelines;

    /** What the runner's connectors may touch. */
    public EmbeddedOutputs(ConnectorResources resources, Pipelines pipelines) {
        this.pipelines = pipelines;
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
    public int release(String jobId, OutputPlaces places, BiPredicate<String, Long> gone) {
        int released = 0;
        for (String path : paths(places)) {
            try {
                Optional<Path> directory = resources.outputs().of(jobId, path);
                released += directory.isPresent() ? FileSink.release(directory.get(), gone) : 0;
            } catch (IOException failed) {
                LOG.warn("output that was taken back in {} could not be deleted", path, failed);
            }
        }
        return released;
    }

    private Set<String> paths(OutputPlaces places) {
        Set<String> paths = new TreeSet<>(places.paths());
        for (String document : places.pipelines()) {
            paths.addAll(Connectors.sinkPaths(
                            pipelines.read(document, Pipelines.Syntax.JSON).document())
                    .values());
        }
        return paths;
    }

    @Override
    public List<DeadLetter> deadLetters(String branch, String document, DeadLetter.@Nullable Place after, int limit) {
        List<DeadLetter> found = new ArrayList<>();
        boolean begun = after == null;
        try {
            for (String path : deadLetterPaths(document)) {
                DeadLetterFiles files =
                        new DeadLetterFiles(path, resources.files().checkDirectory(path));
                for (PartName part : files.parts(branch)) {
                    begun |= after != null && after.part().equals(path + "/" + part.fileName());
                    if (begun) {
                        files.letters(part).stream()
                                .filter(letter -> after == null
                                        || !letter.place().part().equals(after.part())
                                        || letter.place().line() < after.line())
                                .forEach(found::add);
                    }
                    if (found.size() >= limit) {
                        return found.subList(0, limit);
                    }
                }
            }
            return found;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private List<String> deadLetterPaths(String document) {
        return Connectors.sinkPaths(
                        pipelines.read(document, Pipelines.Syntax.JSON).document())
                .entrySet()
                .stream()
                .filter(sink -> Connectors.isDeadLetterSink(sink.getKey()))
                .map(Map.Entry::getValue)
                .sorted()
                .toList();
    }

    @Override
    public void forget(String jobId, OutputPlaces places) {
        try {
            resources.outbox().delete(jobId);
        } catch (IOException failed) {
            LOG.warn("output of job {} that waits could not be deleted", jobId, failed);
        }
        for (String path : paths(places)) {
            try {
                resources.outputs().release(jobId, path);
            } catch (IOException failed) {
                LOG.warn("{} stays the output directory of job {}, which is gone", path, jobId, failed);
            }
        }
    }
}
