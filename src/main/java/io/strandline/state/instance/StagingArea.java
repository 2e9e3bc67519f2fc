package io.strandline.state.instance;

import io.strandline.storage.Digest;
import io.strandline.storage.StagedBlob;
import io.strandline.storage.StagedFile;
import io.strandline.storage.Staging;
import java.io.IOException;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/** A staging area of the instance, with what of it is live and whether more may be written into it. */
final class StagingArea {

    private static final System.Logger LOG = System.getLogger(StagingArea.class.getName());

    /** The number of an area that belongs to no attempt: one for a spill or a merge. */
    static final long NO_ATTEMPT = 0;

    private final Staging staging;
    private final long number;
    private final Set<Digest> published = new HashSet<>();
    private volatile boolean sealed;

    StagingArea(Staging staging, long number) {
        this.staging = staging;
        this.number = number;
    }

    /** Creates a file; by any thread. */
    StagedFile create(String name) throws IOException {
        return staging.create(name);
    }

    /** Nothing more will be written: for an area of a spill or a merge. */
    void seal() {
        sealed = true;
    }

    /** Whether a completed version {@code completed} means that nothing more will be written. */
    boolean isOver(long completed) {
        return number == NO_ATTEMPT ? sealed : number <= completed;
    }

    void publish(Collection<StagedBlob> blobs) throws IOException {
        staging.publish(blobs);
        blobs.forEach(blob -> published.add(blob.blob().digest()));
    }

    /**
     * Ends the area. The version is complete whether or not its staging can be removed, so a disk that refuses is only logged.
     *
     * @param named files that the completed version names; if others were published, the area is left to be swept
     */
    void close(Set<Digest> named) {
        try {
            if (named.containsAll(published)) {
                staging.committed();
            }
            staging.close();
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "a staging area was not removed; it is swept at the next start", e);
        }
    }

    /** Ends the area without a version. */
    void abandon() throws IOException {
        staging.close();
    }
}
