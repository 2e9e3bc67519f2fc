package io.strandline.runner.connect;

import io.strandline.pipeline.SourceSpec;
import io.strandline.pipeline.reading.Pipelines;
import io.strandline.runner.Replays;
import io.strandline.snapshot.SourcePosition;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Looks at this server's files roots and inboxes. */
public final class EmbeddedReplays implements Replays {

    private final SourceArchive archive;
    private final Pipelines pipelines;

    /** What the runner's sources read. */
    public EmbeddedReplays(FilesRoots files, Inboxes inboxes, Pipelines pipelines) {
        this.archive = new SourceArchive(files, inboxes);
        this.pipelines = pipelines;
    }

    @Override
    public Sources of(String jobId, String pipeline) {
        List<SourceSpec> sources =
                pipelines.read(pipeline, Pipelines.Syntax.JSON).document().sources();
        return positions -> missing(jobId, sources, positions);
    }

    private List<String> missing(String jobId, List<SourceSpec> sources, List<SourcePosition> positions) {
        List<String> missing = new ArrayList<>();
        for (SourceSpec source : sources) {
            try {
                archive.check(jobId, source, positions);
            } catch (IOException e) {
                missing.add("source " + source.name() + ": " + e.getMessage());
            }
        }
        return missing;
    }
}
