package io.strandline.catalog;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A named pipeline.
 *
 * @param id its id, for ever (a name may be used again after a purge)
 * @param name unique among jobs that are not purged
 * @param description what it is for
 * @param createdAt when it was submitted
 * @param trashed set while it lies in the trash
 */
public record Job(
        String id,
        String name,
        @Nullable String description,
        Instant createdAt,
        @Nullable Trashed trashed) {}
