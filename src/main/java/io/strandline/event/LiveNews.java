package io.strandline.event;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something worth telling that is not journaled: who was away does not hear of it.
 *
 * @param number the number of the version concerned, if it is known to be one
 * @param data what else there is to say; a value that becomes JSON
 */
record LiveNews(
        EventType type,
        Instant at,
        @Nullable String jobId,
        @Nullable String branch,
        @Nullable Long number,
        @Nullable String operationId,
        Object data) {}
