package io.strandline.storage;

import java.time.Instant;

/**
 * A file of the store as it lies there.
 *
 * @param digest its name
 * @param sizeBytes its length
 * @param since when it got where it is
 */
public record StoredBlob(Digest digest, long sizeBytes, Instant since) {}
