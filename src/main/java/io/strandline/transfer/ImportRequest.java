package io.strandline.transfer;

import org.jspecify.annotations.Nullable;

/**
 * Where a version is to go.
 *
 * @param job the job's name
 * @param branch whose pipeline has to be able to run it
 * @param create whether to make the job, of the pipeline in the archive, when there is none of that name
 * @param description what the version is for, null to say where it comes from
 */
public record ImportRequest(
        String job, String branch, boolean create, @Nullable String description) {}
