package io.strandline.storage;

import java.io.Closeable;
import java.io.IOException;
import java.util.Collection;

/**
 * A writer's private area, invisible to everybody else until {@link #publish}. Safe for concurrent use.
 *
 * <p>Published blobs are pinned by the area until it is closed. Closing deletes what was not published; unless {@link
 * #committed} was called, the list of published digests stays on disk for {@link SnapshotStore#sweepStaging}.
 */
public interface Staging extends Closeable {

    /** Creates an empty file; {@code name} is unique within the area. */
    StagedFile create(String name) throws IOException;

    /**
     * Makes sealed files live: fsyncs the list of their digests, links each under its digest (a digest that is already
     * live is pinned instead), fsyncs the directories. Idempotent; when it fails, none of them is live because of it.
     */
    void publish(Collection<StagedBlob> sealed) throws IOException;

    /** Says that every published blob worth keeping is named by a committed version. */
    void committed();

    @Override
    void close() throws IOException;
}
