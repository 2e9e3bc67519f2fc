package io.strandline.storage;

/**
 * One stored file by content: what it is, what it is called and how long it is (an OCI descriptor).
 *
 * @param mediaType what the bytes are, e.g. {@code application/vnd.strandline.run.flat.v1}
 * @param digest SHA-256 of the bytes
 * @param sizeBytes length of the bytes
 */
public record Blob(String mediaType, Digest digest, long sizeBytes) {

    public Blob {
        if (sizeBytes < 0) {
            throw new IllegalArgumentException("negative size: " + sizeBytes);
        }
    }
}
