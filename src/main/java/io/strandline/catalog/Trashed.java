package io.strandline.catalog;

import java.time.Instant;

/** When something went into the trash, and when it may be purged. */
public record Trashed(Instant at, Instant purgeAfter) {}
