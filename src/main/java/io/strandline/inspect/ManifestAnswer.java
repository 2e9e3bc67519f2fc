package io.strandline.inspect;

/**
 * A version's manifest as it lies in the store.
 *
 * @param snapshot the version that was meant
 * @param digest {@code sha256:…} of the bytes
 * @param bytes the manifest itself
 */
@SuppressWarnings("ArrayRecordComponent") // handed through, never compared
public record ManifestAnswer(VersionRef snapshot, String digest, byte[] bytes) {}
