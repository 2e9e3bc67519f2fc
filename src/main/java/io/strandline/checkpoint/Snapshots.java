package io.strandline.checkpoint;

import io.strandline.catalog.Branch;
import io.strandline.catalog.Catalog;
import io.strandline.catalog.Cause;
import io.strandline.catalog.Hold;
import io.strandline.catalog.Job;
import io.strandline.catalog.Ledger;
import io.strandline.catalog.Ledger.Scope.OfJob;
import io.strandline.catalog.RefChange.HoldPlaced;
import io.strandline.catalog.Snapshot;
import io.strandline.catalog.SnapshotChange.SnapshotDescribed;
import io.strandline.catalog.SnapshotChange.SnapshotTrashed;
import io.strandline.catalog.SnapshotChange.SnapshotUndeleted;
import io.strandline.catalog.SnapshotQuery;
import io.strandline.catalog.Tag;
import io.strandline.catalog.Trashed;
import io.strandline.catalog.history.History;
import io.strandline.catalog.lookup.Revisions;
import io.strandline.catalog.lookup.TrashWindow;
import io.strandline.checkpoint.VersionDetail.ListedVersion;
import io.strandline.problem.Blocker;
import io.strandline.problem.ErrorCode;
import io.strandline.problem.Problem;
import io.strandline.problem.StrandlineException;
import io.strandline.snapshot.Manifest;
import io.strandline.snapshot.SnapshotId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Versions: listing, looking at, describing, deleting, bringing back. */
@Component
public final class Snapshots {

    private static final Duration AFTER_UNDELETE = Duration.ofDays(7);
    private static final Set<ErrorCode> UNREADABLE =
            EnumSet.of(ErrorCode.SNAPSHOT_LOST, ErrorCode.STATE_LOST, ErrorCode.DAMAGED);
    private static final int MOST_RELATIVES = 1000;
    private static final int MOST_LABELS = 64;
    private static final int LONGEST_LABEL = 200;
    private static final int LONGEST_DESCRIPTION = 1000;

    private final Ledger ledger;
    private final Catalog catalog;
    private final History history;
    private final Protections protections;
    private final TrashWindow trashWindow;
    private final Stationery stationery;

    Snapshots(
            Ledger ledger,
            Catalog catalog,
            History history,
            Protections protections,
            TrashWindow trashWindow,
            Stationery stationery) {
        this.ledger = ledger;
        this.catalog = catalog;
        this.history = history;
        this.protections = protections;
        this.trashWindow = trashWindow;
        this.stationery = stationery;
    }

    /**
     * One more or less far relative in a version's lineage.
     *
     * @param heads branches whose head it is
     * @param forks branches that were forked from it
     */
    public record Relative(int distance, ListedVersion version, List<String> heads, List<String> forks) {}

    /**
     * A version's relatives, nearest first, itself at distance 0.
     *
     * @param cut whether there are more than are told
     */
    public record Lineage(List<Relative> relatives, boolean cut) {}

    /** Which way a lineage is followed. */
    public enum Direction {
        /** From parent to parent, towards the first version. */
        ANCESTORS,
        /** To all that come after it. */
        DESCENDANTS
    }

    /** Versions, newest first. */
    public List<ListedVersion> list(SnapshotQuery query) {
        return listed(catalog.snapshots(query));
    }

    /**
     * Everything about a version.
     *
     * @throws StrandlineException {@code snapshot-purged} for a tombstone
     */
    public VersionDetail detail(Snapshot version) {
        if (version.state() == Snapshot.State.PURGED) {
            throw Revisions.purged(version);
        }
        return new VersionDetail(one(version), catalog.holdsOf(version.id()), manifest(version));
    }

    /** A version as lists show it. */
    public ListedVersion one(Snapshot version) {
        return listed(List.of(version)).get(0);
    }

    /** A version's relatives up to a distance, at most a thousand. */
    public Lineage lineage(Snapshot version, Direction direction, int depth) {
        List<Step> found = direction == Direction.ANCESTORS ? ancestors(version, depth) : descendants(version, depth);
        boolean cut = found.size() > MOST_RELATIVES;
        List<Step> told = cut ? found.subList(0, MOST_RELATIVES) : found;
        List<Branch> branches = catalog.branches(version.jobId());
        List<ListedVersion> listed = listed(told.stream().map(Step::version).toList());
        List<Relative> relatives = new ArrayList<>();
        for (int i = 0; i < listed.size(); i++) {
            SnapshotId id = told.get(i).version().id();
            relatives.add(new Relative(
                    told.get(i).distance(),
                    listed.get(i),
                    names(branches, branch -> id.equals(branch.head())),
                    names(branches, branch -> forkedFrom(branch, id))));
        }
        return new Lineage(relatives, cut);
    }

    private static boolean forkedFrom(Branch branch, SnapshotId id) {
        Branch.Fork fork = branch.forkedFrom();
        return fork != null && id.equals(fork.snapshot());
    }

    private static List<String> names(List<Branch> branches, Predicate<Branch> wanted) {
        return branches.stream().filter(wanted).map(Branch::name).toList();
    }

    /**
     * Replaces labels and description.
     *
     * @throws StrandlineException {@code invalid-body}, {@code snapshot-trashed}, {@code snapshot-purged}
     */
    public ListedVersion describe(Job job, Snapshot version, Description wanted, Cause cause) {
        Map<String, String> labels = wanted.labels() == null ? Map.of() : wanted.labels();
        checkLabels(labels, "/labels");
        String description = wanted.description();
        if (description != null && description.length() > LONGEST_DESCRIPTION) {
            throw invalid("/description", "A description has at most " + LONGEST_DESCRIPTION + " characters.");
        }
        return ledger.change(new OfJob(job.id()), cause, changes -> {
            Snapshot now = Revisions.requireUsable(job, current(version));
            if (!now.labels().equals(labels) || !Objects.equals(now.description(), description)) {
                changes.record(new SnapshotDescribed(now.id(), labels, description));
            }
            return one(current(version));
        });
    }

    /**
     * Moves a version to the trash.
     *
     * @throws StrandlineException {@code protected} with everything in the way; {@code snapshot-trashed};
     *     {@code snapshot-purged}
     */
    public ListedVersion delete(Job job, Snapshot version, Cause cause) {
        return ledger.change(new OfJob(job.id()), cause, changes -> {
            Snapshot now = Revisions.requireUsable(job, current(version));
            List<Blocker> blockers = protections.of(job, now);
            if (!blockers.isEmpty()) {
                throw Problem.of(
                                ErrorCode.PROTECTED,
                                "Version " + now.number() + " is protected; release what blockers lists.")
                        .withBlockers(blockers)
                        .asException();
            }
            Instant at = stationery.clock().instant();
            Trashed trashed = new Trashed(at, at.plus(trashWindow.of(job.id())));
            changes.record(new SnapshotTrashed(now.id(), trashed, "DELETED"));
            return one(current(version));
        });
    }

    /**
     * Brings a version back from the trash, under a hold of a week so that no policy takes it again at once.
     *
     * @throws StrandlineException {@code not-trashed}, {@code snapshot-purged}, {@code job-trashed}
     */
    public ListedVersion undelete(Job job, Snapshot version, Cause cause) {
        refuseTrashed(job);
        return ledger.change(new OfJob(job.id()), cause, changes -> {
            Snapshot now = current(version);
            if (now.state() == Snapshot.State.PURGED) {
                throw Revisions.purged(now);
            }
            if (now.state() == Snapshot.State.COMPLETED) {
                throw new StrandlineException(
                        ErrorCode.NOT_TRASHED, "Version " + now.number() + " is not in the trash.");
            }
            Instant at = stationery.clock().instant();
            changes.record(new SnapshotUndeleted(now.id()));
            changes.record(new HoldPlaced(new Hold(
                    stationery.ids().next().toString(),
                    job.id(),
                    now.id(),
                    Hold.Kind.USER,
                    "brought back from the trash",
                    cause.actor(),
                    null,
                    at,
                    at.plus(AFTER_UNDELETE))));
            return one(current(version));
        });
    }

    static void refuseTrashed(Job job) {
        if (job.trashed() != null) {
            throw new StrandlineException(
                    ErrorCode.JOB_TRASHED,
                    "Job " + job.name() + " is in the trash; bring it back with POST /api/v1/jobs/" + job.name()
                            + "/undelete.");
        }
    }

    static void checkLabels(Map<String, String> labels, String pointer) {
        if (labels.size() > MOST_LABELS) {
            throw invalid(pointer, "There are " + labels.size() + " labels; use at most " + MOST_LABELS + ".");
        }
        labels.forEach((name, value) -> {
            // JSON's null gets past the type
            boolean text = value != null && value.length() <= LONGEST_LABEL;
            if (!text || name.isBlank() || name.length() > LONGEST_LABEL) {
                throw invalid(pointer, "Labels' names and values are text of up to " + LONGEST_LABEL + " characters.");
            }
        });
    }

    private Snapshot current(Snapshot version) {
        return catalog.snapshot(version.id()).orElse(version);
    }

    private @Nullable Manifest manifest(Snapshot version) {
        try {
            return stationery.versions().manifest(version);
        } catch (StrandlineException e) {
            if (UNREADABLE.contains(e.code())) {
                return null;
            }
            throw e;
        }
    }

    private List<Step> ancestors(Snapshot version, int depth) {
        List<Snapshot> line = history.ancestors(version.id(), depth + 1);
        return IntStream.range(0, line.size())
                .mapToObj(distance -> new Step(line.get(distance), distance))
                .toList();
    }

    /** One more than is told, so that it shows when there are more. */
    private List<Step> descendants(Snapshot version, int depth) {
        return history.descendants(version.id(), depth, MOST_RELATIVES + 1).stream()
                .map(below -> new Step(below.version(), below.distance()))
                .toList();
    }

    /** A version so many steps away. */
    private record Step(Snapshot version, int distance) {}

    private List<ListedVersion> listed(List<Snapshot> versions) {
        Collection<SnapshotId> ids = versions.stream().map(Snapshot::id).toList();
        Map<SnapshotId, Long> exclusive = ids.isEmpty() ? Map.of() : catalog.exclusiveBytes(ids);
        Map<SnapshotId, List<String>> tags = catalog.tagsOf(ids).stream()
                .collect(Collectors.groupingBy(Tag::snapshot, Collectors.mapping(Tag::name, Collectors.toList())));
        return versions.stream()
                .map(version -> new ListedVersion(
                        version, exclusive.getOrDefault(version.id(), 0L), tags.getOrDefault(version.id(), List.of())))
                .toList();
    }

    private static StrandlineException invalid(String pointer, String detail) {
        return Problem.of(ErrorCode.INVALID_BODY, detail)
                .withError(pointer, detail)
                .asException();
    }
}
