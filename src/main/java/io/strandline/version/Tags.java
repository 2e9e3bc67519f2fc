package io.strandline.version;

import io.strandline.catalog.Branch;
import io.strandline.catalog.Catalog;
import io.strandline.catalog.Cause;
import io.strandline.catalog.Job;
import io.strandline.catalog.Ledger;
import io.strandline.catalog.Ledger.Scope.OfJob;
import io.strandline.catalog.RefChange.TagCreated;
import io.strandline.catalog.RefChange.TagDeleted;
import io.strandline.catalog.Snapshot;
import io.strandline.catalog.Tag;
import io.strandline.catalog.lookup.RefNames;
import io.strandline.catalog.lookup.Revisions;
import io.strandline.problem.Blocker;
import io.strandline.problem.ErrorCode;
import io.strandline.problem.Problem;
import io.strandline.problem.StrandlineException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Tags: names for versions that never move. */
@Component
public final class Tags {

    private final Ledger ledger;
    private final Catalog catalog;
    private final Revisions revisions;
    private final Moment moment;

    Tags(Ledger ledger, Catalog catalog, Revisions revisions, Moment moment) {
        this.ledger = ledger;
        this.catalog = catalog;
        this.revisions = revisions;
        this.moment = moment;
    }

    /**
     * A tag, and whether it is new.
     *
     * @param created false when just this tag was there already
     */
    public record Placed(Tag tag, boolean created) {}

    /** A job's tags, newest first. */
    public List<Tag> list(Job job) {
        return catalog.tags(job.id()).stream()
                .sorted(Comparator.comparing(Tag::createdAt).reversed().thenComparing(Tag::name))
                .toList();
    }

    /**
     * A tag.
     *
     * @throws StrandlineException {@code tag-not-found}
     */
    public Tag get(Job job, String name) {
        return catalog.tag(job.id(), name)
                .orElseThrow(() -> new StrandlineException(
                        ErrorCode.TAG_NOT_FOUND, "Job " + job.name() + " has no tag '" + name + "'."));
    }

    /**
     * Makes a tag, or finds that just this one is there.
     *
     * @throws StrandlineException {@code invalid-name}, {@code tag-exists}, {@code name-taken}, {@code not-durable},
     *     {@code snapshot-not-found}, {@code snapshot-trashed}, {@code snapshot-purged}
     */
    public Placed put(Job job, String name, TagRequest request, Cause cause) {
        RefNames.check(name, "name");
        return ledger.change(new OfJob(job.id()), cause, changes -> {
            Snapshot version = revisions.usable(job, request.snapshot(), Branch.MAIN);
            Optional<Tag> there = catalog.tag(job.id(), name);
            if (there.isPresent()) {
                return same(job, there.get(), version, request);
            }
            moment.refusePast(request.expiresAt());
            refuseNotDurable(version, "tagged");
            RefNames.refuseBranch(catalog, job.id(), name);
            Instant now = moment.now();
            Tag tag = new Tag(
                    job.id(),
                    name,
                    version.id(),
                    version.number(),
                    request.message(),
                    cause.actor(),
                    now,
                    request.expiresAt());
            changes.record(new TagCreated(tag));
            return new Placed(tag, true);
        });
    }

    /**
     * Deletes a tag; the version stays.
     *
     * @throws StrandlineException {@code tag-not-found}
     */
    public void delete(Job job, String name, Cause cause) {
        ledger.change(new OfJob(job.id()), cause, changes -> {
            Tag tag = get(job, name);
            changes.record(new TagDeleted(job.id(), name));
            return tag;
        });
    }

    /** Refuses a version that is gone with the process. */
    static void refuseNotDurable(Snapshot version, String what) {
        if (!version.durable()) {
            throw new StrandlineException(
                    ErrorCode.NOT_DURABLE,
                    "Version " + version.number() + " lives in memory only and cannot be " + what
                            + "; use the filesystem or rocksdb backend for versions that stay.");
        }
    }

    private static Placed same(Job job, Tag there, Snapshot version, TagRequest request) {
        if (there.snapshot().equals(version.id())
                && Objects.equals(there.message(), request.message())
                && Objects.equals(there.expiresAt(), request.expiresAt())) {
            return new Placed(there, false);
        }
        String what = there.snapshot().equals(version.id())
                ? "with another message or expiry"
                : "and names version " + there.number();
        throw Problem.of(
                        ErrorCode.TAG_EXISTS,
                        "There is a tag '" + there.name() + "' already, " + what + "; delete it first.")
                .withBlockers(List.of(new Blocker(
                        "tag",
                        there.name(),
                        "it names version " + there.number(),
                        there.createdBy(),
                        "/api/v1/jobs/" + job.name() + "/tags/" + there.name())))
                .asException();
    }
}
