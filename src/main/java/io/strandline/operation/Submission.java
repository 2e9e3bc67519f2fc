package io.strandline.operation;

import io.strandline.catalog.Cause;
import org.jspecify.annotations.Nullable;

/**
 * What somebody asks to be done.
 *
 * @param type what kind of work, kebab-case: {@code start}, {@code snapshot}, {@code gc-run}, …
 * @param jobId the job it is about, null when about all or none
 * @param request what was asked: any value that becomes JSON, kept with the operation
 * @param cause who and why
 */
public record Submission(String type, @Nullable String jobId, Object request, Cause cause) {}
