package io.strandline.storage;

/**
 * Where a manifest lies: {@code manifests/<folder>/<number>}.
 *
 * @param folder the job's directory name (its id, so that a name may be used again)
 * @param number the version's number
 */
public record ManifestName(String folder, long number) {}
