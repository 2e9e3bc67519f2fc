package io.strandline.storage;

import java.io.IOException;

/** A blob that was asked for is not live in the store. */
public final class BlobMissingException extends IOException {

    private static final long serialVersionUID = 1L;

    private final Digest digest;

    /** Names the blob that is missing. */
    public BlobMissingException(Digest digest) {
        super("blob " + digest + " is not in the store");
        this.digest = digest;
    }

    /** Which one. */
    public Digest digest() {
        return digest;
    }
}
