package io.strandline.catalog.work;

import org.jspecify.annotations.Nullable;

/**
 * Something that a request with an idempotency key made true.
 *
 * @param fingerprint which request it was
 * @param action the change's name on the wire, e.g. {@code hold-placed}
 * @param jobId the job concerned
 * @param subject what it was done to, e.g. {@code hold:<id>}
 */
public record Effect(
        String fingerprint, String action, @Nullable String jobId, String subject) {

    /** The id within the subject. */
    public String id() {
        return subject.substring(subject.indexOf(':') + 1);
    }
}
