package io.strandline.transfer;

import org.jspecify.annotations.Nullable;

/**
 * What an import was asked for, as its operation keeps it.
 *
 * @param job the job's name
 * @param importedFrom SHA-256 of the version's manifest in the archive
 * @param totalBytes of all its files
 */
public record ImportOrder(
        String job,
        String branch,
        boolean create,
        @Nullable String description,
        String importedFrom,
        long totalBytes) {}
