package io.strandline.storage;

/**
 * A sealed file of a staging area: durable, hashed, not yet live.
 *
 * @param file its name within the area
 * @param blob what it is
 */
public record StagedBlob(String file, Blob blob) {}
