package io.strandline.retention.policy;

import io.strandline.catalog.Catalog;
import io.strandline.catalog.PipelineVersion;
import io.strandline.catalog.Snapshot;
import io.strandline.catalog.lookup.StoredVersions;
import io.strandline.problem.StrandlineException;
import io.strandline.runner.Replays;
import io.strandline.snapshot.SourcePosition;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Says of versions whether the sources still have what comes after them. That never decides whether a version stays: one that
 * cannot be replayed can still be looked into, compared and exported.
 */
@Component
public final class ReplayOutlook {

    private final Catalog catalog;
    private final Function<Snapshot, List<SourcePosition>> positions;
    private final Replays replays;

    @Autowired
    ReplayOutlook(Catalog catalog, StoredVersions versions, Replays replays) {
        this(catalog, version -> versions.manifest(version).content().sources(), replays);
    }

    ReplayOutlook(Catalog catalog, Function<Snapshot, List<SourcePosition>> positions, Replays replays) {
        this.catalog = catalog;
        this.positions = positions;
        this.replays = replays;
    }

    /** For one answer: what it learns of a job's pipelines it asks once. */
    public Looker looker() {
        return new Looker();
    }

    /** Looks at versions one after the other. */
    public final class Looker {

        private final Map<String, Optional<Replays.Sources>> sources = new HashMap<>();

        private Looker() {}

        /** What is missing for a start from the version, a sentence each; empty when nobody can tell. */
        public Optional<List<String>> missing(Snapshot version) {
            try {
                return sources.computeIfAbsent(
                                version.jobId() + "/" + version.pipelineVersion(), key -> sources(version))
                        .map(known -> known.missing(positions.apply(version)));
            } catch (StrandlineException unreadable) {
                return Optional.empty();
            }
        }

        private Optional<Replays.Sources> sources(Snapshot version) {
            return catalog.pipeline(version.jobId(), version.pipelineVersion())
                    .map(PipelineVersion::document)
                    .map(document -> replays.of(version.jobId(), document));
        }
    }
}
