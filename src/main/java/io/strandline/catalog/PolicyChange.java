package io.strandline.catalog;

import org.jspecify.annotations.Nullable;

/** Changes of retention policies. */
public sealed interface PolicyChange extends Change {

    /** A policy was saved at its level. */
    record PolicySaved(Policy policy) implements PolicyChange {}

    /** A level's policy was deleted; the level above rules again. */
    record PolicyDeleted(@Nullable String jobId, @Nullable String branch) implements PolicyChange {}
}
