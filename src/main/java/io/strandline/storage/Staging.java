package io.strandline.storage;

import java.io.Closeable;
import java.io.IOException;
import java.util.Collection;

/**
 * A writer's private area, invisible to everybody else until {@link #publish}.
 *
 * <p>Closing deletes what was not published. Published blobs are pinned by the staging area until it is closed.
 */
public interface Staging extends Closeable {

    /** Creates an empty file; {@code name} is unique within the area. */
    StagedFile create(String name) throws IOException;

    /**
     * Makes sealed files live: fsyncs the list of their digests, links each under its digest (a digest that is already
     * live is pinned instead), fsyncs the directories. Idempotent.
     */
    void publish(Collection<StagedBlob> sealed) throws IOException;
}
