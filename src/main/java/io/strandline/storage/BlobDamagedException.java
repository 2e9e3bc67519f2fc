package io.strandline.storage;

import java.io.IOException;

/** A blob's bytes are not what its name says. */
public final class BlobDamagedException extends IOException {

    private static final long serialVersionUID = 1L;

    private final Digest digest;

    /** Names the blob and what was found instead. */
    public BlobDamagedException(Digest digest, String found) {
        super("blob " + digest + " is damaged: " + found);
        this.digest = digest;
    }

    /** Which one. */
    public Digest digest() {
        return digest;
    }
}
