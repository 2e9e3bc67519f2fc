package io.strandline.runner;

import org.jspecify.annotations.Nullable;

/**
 * Why something failed, as a person needs it.
 *
 * @param code a problem code in kebab-case, e.g. {@code poison-record}, {@code checkpoint-timeout}, {@code storage-full}
 * @param detail one sentence with the values
 * @param operator the operator concerned, if one
 * @param subtask the subtask concerned, if one
 * @param retryable whether starting again may help
 */
public record FailureCause(
        String code,
        String detail,
        @Nullable String operator,
        @Nullable Integer subtask,
        boolean retryable) {}
