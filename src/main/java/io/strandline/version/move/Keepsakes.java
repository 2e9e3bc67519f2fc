package io.strandline.version.move;

import io.strandline.catalog.Catalog;
import io.strandline.catalog.Cause;
import io.strandline.catalog.RefChange.TagCreated;
import io.strandline.catalog.Snapshot;
import io.strandline.catalog.Tag;
import io.strandline.version.Moment;
import java.util.Optional;

/** Tags that keep the head of {@code main} which a promotion replaced: {@code before-promote-42} for version 42. */
final class Keepsakes {

    private static final String PREFIX = "before-promote-";

    private Keepsakes() {}

    /** The tag to make; empty for a version that has one already, or that no tag can keep. */
    static Optional<TagCreated> of(Snapshot old, Catalog catalog, Moment moment, Cause cause) {
        boolean kept =
                catalog.tagsOf(old.id()).stream().anyMatch(tag -> tag.name().startsWith(PREFIX));
        if (kept || !old.durable() || old.state() != Snapshot.State.COMPLETED) {
            return Optional.empty();
        }
        String name = PREFIX + old.number();
        for (int i = 2; isTaken(old.jobId(), name, catalog); i++) {
            name = PREFIX + old.number() + "-" + i;
        }
        String message = "the head of main before a promotion";
        return Optional.of(new TagCreated(
                new Tag(old.jobId(), name, old.id(), old.number(), message, cause.actor(), moment.now(), null)));
    }

    private static boolean isTaken(String jobId, String name, Catalog catalog) {
        return catalog.tag(jobId, name).isPresent()
                || catalog.branch(jobId, name).isPresent()
                || catalog.trashedBranches(jobId).stream()
                        .anyMatch(branch -> branch.name().equals(name));
    }
}
