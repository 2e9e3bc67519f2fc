package io.strandline.checkpoint;

import io.strandline.catalog.Branch;
import io.strandline.catalog.Catalog;
import io.strandline.catalog.Hold;
import io.strandline.catalog.Job;
import io.strandline.catalog.Snapshot;
import io.strandline.catalog.Tag;
import io.strandline.catalog.history.History;
import io.strandline.catalog.history.Instance;
import io.strandline.problem.Blocker;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;

/** What keeps a version from being deleted: heads, tags, holds, and instances that went on from it. */
@Component
final class Protections {

    private final Catalog catalog;
    private final History history;

    Protections(Catalog catalog, History history) {
        this.catalog = catalog;
        this.history = history;
    }

    /** Everything in the way, each with the call that gets it out of the way. */
    List<Blocker> of(Job job, Snapshot version) {
        String base = "/api/v1/jobs/" + job.name();
        List<Blocker> blockers = new ArrayList<>();
        for (Branch branch : catalog.branches(job.id())) {
            if (version.id().equals(branch.head())) {
                blockers.add(new Blocker("branch", branch.name(), "it is the branch's head", null, null));
            }
        }
        for (Tag tag : catalog.tagsOf(version.id())) {
            String reason = tag.message() == null ? "a tag names it" : tag.message();
            blockers.add(new Blocker("tag", tag.name(), reason, tag.createdBy(), base + "/tags/" + tag.name()));
        }
        for (Hold hold : catalog.holdsOf(version.id())) {
            String release = hold.kind() == Hold.Kind.SYSTEM
                    ? null
                    : base + "/snapshots/" + version.id() + "/holds/" + hold.id();
            blockers.add(new Blocker("hold", hold.id(), hold.reason(), hold.placedBy(), release));
        }
        for (Instance open : history.openInstances()) {
            if (version.id().equals(open.restoredFrom())) {
                blockers.add(new Blocker(
                        "instance",
                        open.id(),
                        "it went on from this version",
                        null,
                        base + "/stop?branch=" + open.branch()));
            }
        }
        return blockers;
    }
}
