package io.strandline.catalog.jpa;

import static io.strandline.catalog.jpa.CatalogHarness.ADA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import io.strandline.catalog.Branch;
import io.strandline.catalog.Branch.Desired;
import io.strandline.catalog.Hold;
import io.strandline.catalog.Job;
import io.strandline.catalog.JobChange.DesiredStateSet;
import io.strandline.catalog.JobChange.InstanceEnded;
import io.strandline.catalog.JobChange.JobCreated;
import io.strandline.catalog.JobChange.PipelineVersionAdded;
import io.strandline.catalog.ProblemNote;
import io.strandline.catalog.RefChange.HeadMoved;
import io.strandline.catalog.RefChange.HoldPlaced;
import io.strandline.catalog.RefChange.TagCreated;
import io.strandline.catalog.RefChange.TagDeleted;
import io.strandline.catalog.Snapshot;
import io.strandline.catalog.Snapshot.State;
import io.strandline.catalog.SnapshotChange.SnapshotDescribed;
import io.strandline.catalog.SnapshotChange.SnapshotTrashed;
import io.strandline.catalog.SnapshotQuery;
import io.strandline.catalog.Tag;
import io.strandline.catalog.Trashed;
import io.strandline.catalog.history.History.AuditEntry;
import io.strandline.catalog.history.History.AuditFilter;
import io.strandline.catalog.history.History.HeadEntry;
import io.strandline.problem.ErrorCode;
import io.strandline.problem.StrandlineException;
import io.strandline.snapshot.SnapshotId;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.assertj.core.groups.Tuple;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the reads of a catalog tell, on any database. */
abstract class CatalogReadsContract {

    @TempDir
    Path temp;

    CatalogHarness server;

    abstract Database database();

    @BeforeEach
    void start() throws IOException {
        database().empty();
        server = CatalogHarness.start(temp.resolve("data"), database());
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    @Test
    void readsBackAJobWithItsBranchAndPipeline() {
        server.job("flights");
        Job job = server.catalog.jobNamed("flights").orElseThrow();
        assertThat(job.description()).isEqualTo("about flights");
        Branch main = server.catalog.branch("flights", Branch.MAIN).orElseThrow();
        assertThat(main.head()).isNull();
        assertThat(main.desired()).isEqualTo(Desired.STOPPED);
        assertThat(server.catalog.pipeline("flights", 1).orElseThrow().document())
                .isEqualTo("{\"name\":\"flights\"}");
        server.change(
                "flights",
                new PipelineVersionAdded("flights", Branch.MAIN, 2, "{}", server.clock.instant()),
                new DesiredStateSet("flights", Branch.MAIN, Desired.RUNNING));
        assertThat(server.catalog.newestPipeline("flights")).isEqualTo(2);
        assertThat(server.catalog.branches("flights"))
                .singleElement()
                .satisfies(branch -> assertThat(branch.pipelineVersion()).isEqualTo(2))
                .satisfies(branch -> assertThat(branch.desired()).isEqualTo(Desired.RUNNING));
    }

    @Test
    void tagsAreUniqueUntilTheyExpire() {
        server.job("flights");
        SnapshotId id = versions("flights", 1).get(0);
        Instant soon = server.clock.instant().plus(Duration.ofHours(1));
        server.change("flights", new TagCreated(tag("nightly", id, soon)));
        assertRefused(ErrorCode.TAG_EXISTS, () -> server.change("flights", new TagCreated(tag("nightly", id, null))));
        assertThat(server.catalog.tagsOf(id)).hasSize(1);
        server.clock.advance(Duration.ofHours(2));
        assertThat(server.catalog.tag("flights", "nightly")).isEmpty();
        assertThat(server.housekeeping.expiredTags(server.clock.instant())).hasSize(1);
        server.change("flights", new TagCreated(tag("nightly", id, null)));
        assertThat(server.catalog.tag("flights", "nightly")).isPresent();
        server.change("flights", new TagDeleted("flights", "nightly"));
        assertThat(server.catalog.tags("flights")).isEmpty();
    }

    @Test
    void listsVersionsByWhatIsAsked() {
        server.job("flights");
        server.job("trains");
        List<SnapshotId> ids = versions("flights", 5);
        versions("trains", 2);
        server.change("flights", new SnapshotDescribed(ids.get(1), Map.of("team", "ops", "night", ""), "kept"));
        server.change("flights", new SnapshotTrashed(ids.get(0), trashed(), "DELETED"));
        Snapshot third = server.catalog.snapshot(ids.get(2)).orElseThrow();
        assertThat(numbers(query(Set.of(), Map.of(), null, null, null, 10))).containsExactly(5L, 4L, 3L, 2L, 1L);
        assertThat(numbers(query(Set.of(State.COMPLETED), Map.of(), null, null, null, 10)))
                .containsExactly(5L, 4L, 3L, 2L);
        assertThat(numbers(query(Set.of(), Map.of("team", "ops", "night", ""), null, null, null, 10)))
                .containsExactly(2L);
        assertThat(numbers(query(Set.of(), Map.of("team", "flights"), null, null, 4L, 10)))
                .containsExactly(3L, 1L);
        assertThat(numbers(query(Set.of(), Map.of(), third.completedAt(), null, null, 10)))
                .containsExactly(5L, 4L, 3L);
        assertThat(numbers(query(Set.of(), Map.of(), null, third.completedAt(), null, 1)))
                .containsExactly(2L);
        assertThat(server.housekeeping.trashed(null, 10))
                .extracting(Snapshot::id)
                .containsExactly(ids.get(0));
        assertThat(server.housekeeping.dueForPurge(server.clock.instant(), 10)).isEmpty();
        server.clock.advance(Duration.ofDays(8));
        assertThat(server.housekeeping.dueForPurge(server.clock.instant(), 10)).hasSize(1);
    }

    @Test
    void findsDescendantsOnEveryLineNearestFirst() {
        server.job("flights");
        List<SnapshotId> ids = versions("flights", 3);
        server.change(
                "flights",
                new HeadMoved("flights", Branch.MAIN, ids.get(2), ids.get(0), 1L, List.of(), "ROLLBACK", null));
        SnapshotId fourth = server.snapshot("flights", "x");
        SnapshotId fifth = server.snapshot("flights", "y");
        SnapshotId first = ids.get(0);

        assertThat(descendants(first, 10, 10))
                .containsExactly(
                        tuple(first, 0), tuple(ids.get(1), 1), tuple(fourth, 1), tuple(ids.get(2), 2), tuple(fifth, 2));
        assertThat(descendants(first, 1, 10)).containsExactly(tuple(first, 0), tuple(ids.get(1), 1), tuple(fourth, 1));
        assertThat(descendants(first, 10, 2)).containsExactly(tuple(first, 0), tuple(ids.get(1), 1));
        assertThat(descendants(fourth, 0, 10)).containsExactly(tuple(fourth, 0));
    }

    private List<Tuple> descendants(SnapshotId from, int depth, int limit) {
        return server.history.descendants(from, depth, limit).stream()
                .map(below -> tuple(below.version().id(), below.distance()))
                .toList();
    }

    @Test
    void tellsWhereTheHeadHasBeen() {
        server.job("flights");
        List<SnapshotId> ids = versions("flights", 3);
        Instant before = server.clock.instant();
        server.change(
                "flights",
                new HeadMoved("flights", Branch.MAIN, ids.get(2), ids.get(0), 1L, List.of(), "ROLLBACK", null));
        List<HeadEntry> reflog = server.history.reflog("flights", Branch.MAIN, null, 10);
        assertThat(reflog)
                .extracting(HeadEntry::verb)
                .containsExactly("ROLLBACK", "CHECKPOINT", "CHECKPOINT", "CHECKPOINT");
        assertThat(reflog.get(0).cause()).isEqualTo(ADA);
        HeadEntry.Before was = Objects.requireNonNull(reflog.get(0).before());
        assertThat(was.line()).hasSize(3);
        assertThat(was.pipelineVersion()).isEqualTo(1);
        assertThat(reflog.get(1).before()).isNull();
        assertThat(server.history.reflog("flights", Branch.MAIN, reflog.get(1).sequence(), 1))
                .extracting(HeadEntry::to)
                .containsExactly(ids.get(1));
        assertThat(server.history
                        .headAt("flights", Branch.MAIN, before)
                        .orElseThrow()
                        .to())
                .isEqualTo(ids.get(2));
        Branch main = server.catalog.branch("flights", Branch.MAIN).orElseThrow();
        assertThat(main.head()).isEqualTo(ids.get(0));
        assertThat(server.snapshot("flights", "after")).isNotNull();
        assertThat(all("flights").get(0).parent()).isEqualTo(ids.get(0));
    }

    @Test
    void auditsWhoDidWhatToWhatAndWhatItWasBefore() {
        server.job("flights");
        SnapshotId id = versions("flights", 1).get(0);
        server.change("flights", new SnapshotDescribed(id, Map.of("team", "ops"), "new"));
        List<AuditEntry> audit = server.history.audit(
                new AuditFilter("flights", null, "ada", null, null, null, null, "snapshot:" + id, null, null),
                null,
                10);
        assertThat(audit).extracting(AuditEntry::action).containsExactly("snapshot-described", "snapshot-completed");
        assertThat(audit.get(0).before()).contains("\"team\":\"flights\"");
        assertThat(audit.get(0).after()).contains("\"team\":\"ops\"");
        assertThat(audit.get(0).cause()).isEqualTo(ADA);
        assertThat(audit).extracting(AuditEntry::branch).containsOnly("main");
        assertThat(server.history.audit(AuditFilter.ALL, audit.get(0).sequence(), 1))
                .extracting(AuditEntry::action)
                .containsExactly("snapshot-completed");
        assertThat(server.history.newestEntryAt()).isEqualTo(audit.get(0).at());
    }

    @Test
    void tellsOfInstancesAndTheirProblems() {
        server.job("flights");
        server.startInstance("flights");
        server.change(
                "flights",
                new InstanceEnded(
                        "flights",
                        Branch.MAIN,
                        "flights-1",
                        "FAILED",
                        false,
                        new ProblemNote("job-failed", "it broke"),
                        server.clock.instant()));
        assertThat(server.catalog.branch("flights", Branch.MAIN).orElseThrow().problem())
                .isEqualTo(new ProblemNote("job-failed", "it broke"));
        assertThat(server.startInstance("flights")).isEqualTo(2);
        assertThat(server.catalog.branch("flights", Branch.MAIN).orElseThrow().problem())
                .isNull();
        assertThat(server.history.instances("flights", null, null, 10))
                .extracting(instance -> instance.epoch())
                .containsExactly(2L, 1L);
        assertThat(server.history
                        .newestInstance("flights", Branch.MAIN)
                        .orElseThrow()
                        .endedAt())
                .isNull();
        assertThat(server.history.openInstances()).hasSize(1);
    }

    @Test
    void holdsKeepTheirOwnersAndExpire() {
        server.job("flights");
        SnapshotId id = versions("flights", 1).get(0);
        Instant soon = server.clock.instant().plus(Duration.ofHours(1));
        server.change(
                "flights",
                new HoldPlaced(hold("h1", id, Hold.Kind.USER, null, soon)),
                new HoldPlaced(hold("h2", id, Hold.Kind.SYSTEM, "branch:main", null)));
        assertThat(server.catalog.holdsOf(id)).extracting(Hold::id).containsExactly("h1", "h2");
        assertThat(server.catalog.systemHolds("branch:")).hasSize(1);
        assertThat(server.catalog.hold("trains", "h1")).isEmpty();
        server.clock.advance(Duration.ofHours(2));
        assertThat(server.catalog.holds("flights")).extracting(Hold::id).containsExactly("h2");
        assertThat(server.housekeeping.expiredHolds(server.clock.instant())).hasSize(1);
    }

    void restart() throws IOException {
        server.close();
        server = CatalogHarness.start(temp.resolve("data"), database());
    }

    List<SnapshotId> versions(String job, int count) {
        server.startInstance(job);
        return java.util.stream.IntStream.range(0, count)
                .mapToObj(i -> server.snapshot(job, job + "-" + i, job + "-shared"))
                .toList();
    }

    List<Snapshot> all(String job) {
        return server.catalog.snapshots(
                new SnapshotQuery(job, null, Set.of(), Set.of(), Map.of(), null, null, null, 100));
    }

    private static SnapshotQuery query(
            Set<State> states,
            Map<String, String> labels,
            @Nullable Instant since,
            @Nullable Instant until,
            @Nullable Long before,
            int limit) {
        return new SnapshotQuery("flights", Branch.MAIN, Set.of(), states, labels, since, until, before, limit);
    }

    private List<Long> numbers(SnapshotQuery query) {
        return server.catalog.snapshots(query).stream().map(Snapshot::number).toList();
    }

    JobCreated created(String id, String name) {
        return new JobCreated(id, name, null, "{}", server.clock.instant());
    }

    Trashed trashed() {
        Instant now = server.clock.instant();
        return new Trashed(now, now.plus(Duration.ofDays(7)));
    }

    Tag tag(String name, SnapshotId id, @Nullable Instant expiresAt) {
        return new Tag("flights", name, id, 1, "a message", "ada", server.clock.instant(), expiresAt);
    }

    Hold hold(String id, SnapshotId version, Hold.Kind kind, @Nullable String owner, @Nullable Instant expiresAt) {
        return new Hold(id, "flights", version, kind, "a reason", "ada", owner, server.clock.instant(), expiresAt);
    }

    static void assertRefused(ErrorCode code, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatExceptionOfType(StrandlineException.class)
                .isThrownBy(call)
                .satisfies(refusal -> assertThat(refusal.code()).isEqualTo(code));
    }
}
