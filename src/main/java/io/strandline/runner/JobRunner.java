package io.strandline.runner;

import io.strandline.snapshot.Manifest;
import java.util.List;

/** Runs jobs somewhere. One runner serves many instances; all methods are safe for concurrent use. */
public interface JobRunner extends AutoCloseable {

    /** The runner's name, e.g. {@code embedded}. */
    String name();

    /**
     * Checks, without touching anything, that an instance could start: files of the version against their digests, state
     * schemas, connector paths.
     *
     * @return why not, empty when it could
     */
    List<StartObstacle> check(InstanceSpec spec);

    /** What happens to each state of {@code version} when the pipeline document {@code pipeline} goes on from it. */
    CompatibilityReport compatibility(Manifest version, String pipeline);

    /**
     * Starts an instance. Returns when the instance is accepted; {@link InstanceListener#running} tells when it runs.
     *
     * @param ledger where its snapshots are committed
     * @param listener told what becomes of it, on the runner's threads; must not block
     */
    RunningInstance start(InstanceSpec spec, SnapshotLedger ledger, InstanceListener listener);

    @Override
    void close();
}
