package io.strandline.retention.gc;

import io.strandline.catalog.Catalog;
import io.strandline.catalog.PipelineVersion;
import io.strandline.catalog.Snapshot;
import io.strandline.catalog.SnapshotQuery;
import io.strandline.catalog.history.Housekeeping;
import io.strandline.runner.OutputPlaces;
import io.strandline.runner.OutputStore;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.springframework.stereotype.Component;

/**
 * Output that a restore took back goes with its version: once that is purged, nothing can bring it back. It belongs to the
 * first version of its branch with its number or a later one. Looked for anew after every purge, so a crash between the two
 * only puts it off.
 */
@Component
final class WithdrawnOutput {

    private static final int PAGE = 500;

    private final Catalog catalog;
    private final Housekeeping housekeeping;
    private final OutputStore outputs;

    WithdrawnOutput(Catalog catalog, Housekeeping housekeeping, OutputStore outputs) {
        this.catalog = catalog;
        this.housekeeping = housekeeping;
        this.outputs = outputs;
    }

    /** Where a job's sinks may have written: every pipeline it ever had, and wherever its branches were sent instead. */
    OutputPlaces places(String jobId) {
        List<String> pipelines = IntStream.rangeClosed(1, catalog.newestPipeline(jobId))
                .mapToObj(version -> catalog.pipeline(jobId, version))
                .flatMap(Optional::stream)
                .map(PipelineVersion::document)
                .toList();
        return new OutputPlaces(pipelines, Set.copyOf(housekeeping.outputPaths(jobId)));
    }

    /** Versions of a job were purged. */
    void versionsPurged(String jobId) {
        Map<String, NavigableMap<Long, Snapshot.State>> states = new HashMap<>();
        outputs.release(jobId, places(jobId), (branch, number) -> {
            var owner =
                    states.computeIfAbsent(branch, name -> states(jobId, name)).ceilingEntry(number);
            return owner != null && owner.getValue() == Snapshot.State.PURGED;
        });
    }

    /** A job was purged; that is where its sinks may have written. */
    void jobPurged(String jobId, OutputPlaces places) {
        outputs.release(jobId, places, (branch, number) -> true);
        outputs.forget(jobId, places);
    }

    private NavigableMap<Long, Snapshot.State> states(String jobId, String branch) {
        NavigableMap<Long, Snapshot.State> states = new TreeMap<>();
        List<Snapshot> page;
        Long before = null;
        do {
            page = catalog.snapshots(
                    new SnapshotQuery(jobId, branch, Set.of(), Set.of(), Map.of(), null, null, before, PAGE));
            page.forEach(version -> states.put(version.number(), version.state()));
            before = page.isEmpty() ? null : page.get(page.size() - 1).number();
        } while (page.size() == PAGE);
        return states;
    }
}
