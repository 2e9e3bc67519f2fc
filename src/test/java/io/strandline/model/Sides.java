package io.strandline.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.strandline.catalog.Branch;
import io.strandline.catalog.Cause;
import io.strandline.catalog.Hold;
import io.strandline.catalog.Job;
import io.strandline.catalog.Snapshot;
import io.strandline.catalog.SnapshotQuery;
import io.strandline.model.Oracle.Line;
import io.strandline.model.Oracle.Mark;
import io.strandline.model.Oracle.Stage;
import io.strandline.model.Oracle.Version;
import io.strandline.problem.StrandlineException;
import io.strandline.snapshot.SnapshotId;
import io.strandline.snapshot.SnapshotKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The two sides that a script is played on, the server and the oracle, and how a step asks and changes them. */
final class Sides {

    static final Cause ADA = new Cause("ada", "request", null, "why");

    private static final Set<Snapshot.State> ANY = Set.of(Snapshot.State.values());
    private static final Duration MOMENT = Duration.ofHours(1);

    final Server server;
    final Oracle oracle = new Oracle();
    private int made;

    Sides(Server server) {
        this.server = server;
    }

    /**
     * A version that a verb makes on its way.
     *
     * @param state what it has to hold
     */
    record Birth(Line line, SnapshotKind kind, Map<Long, Long> state) {}

    /** A name that nothing had before. */
    String name(String kind) {
        return kind + made++;
    }

    static <T> Optional<T> pick(Collection<T> some, int choice) {
        return some.isEmpty()
                ? Optional.empty()
                : some.stream().skip(choice % some.size()).findFirst();
    }

    /** Whether a call was answered well; a refusal must have changed nothing. */
    boolean answered(Runnable call, boolean unchanged) {
        long entries = server.parts.journal.lastSequence();
        try {
            call.run();
        } catch (StrandlineException e) {
            assertThat(server.parts.journal.lastSequence())
                    .as("I6: %s", e.getMessage())
                    .isEqualTo(entries);
            return false;
        }
        assertThat(server.parts.journal.lastSequence() == entries)
                .as("an answer without an entry")
                .isEqualTo(unchanged);
        return true;
    }

    Job job(String id) {
        return server.parts.catalog.job(id).orElseThrow();
    }

    Branch branch(Line line) {
        return server.parts.catalog.branch(line.job, line.name).orElseThrow();
    }

    Snapshot real(Version version) {
        return server.parts.catalog.snapshot(SnapshotId.parse(version.id)).orElseThrow();
    }

    /** Takes a version that a checkpoint has made into the oracle. */
    void completed(Line line, SnapshotId id, Map<Long, Long> state) {
        Oracle.Run run = Objects.requireNonNull(line.run);
        Snapshot real = server.parts.catalog.snapshot(id).orElseThrow();
        run.committed = true;
        oracle.completed(new Version(id.toString(), line, real.number(), run.id, state, files(real)), "CHECKPOINT");
    }

    /**
     * Finds the versions that a verb has to have made, in order, and no others.
     *
     * @param interrupted whether safety snapshots may be missing
     */
    void born(String job, List<Birth> births, boolean interrupted) {
        List<Snapshot> fresh = fresh(job, births.size() + 1);
        for (Birth birth : births) {
            boolean there = !fresh.isEmpty()
                    && fresh.get(0).kind() == birth.kind()
                    && fresh.get(0).branch().equals(birth.line().name);
            if (there) {
                born(birth, fresh.remove(0));
            } else if (!interrupted || birth.kind() != SnapshotKind.SAFETY) {
                throw new AssertionError("no version was made: " + birth + "; but " + fresh);
            }
        }
        assertThat(fresh).as("versions of %s that nobody asked for", job).isEmpty();
    }

    private void born(Birth birth, Snapshot real) {
        if (birth.kind() != SnapshotKind.RESTORED) {
            completed(birth.line(), real.id(), birth.state());
            return;
        }
        Version restored =
                new Version(real.id().toString(), birth.line(), real.number(), 0, birth.state(), files(real));
        oracle.completed(restored, "REVERT");
    }

    /** Versions that the oracle does not know yet, oldest first. */
    private List<Snapshot> fresh(String job, int limit) {
        List<Snapshot> fresh = new ArrayList<>();
        SnapshotQuery newest = new SnapshotQuery(job, null, Set.of(), ANY, Map.of(), null, null, null, limit);
        for (Snapshot real : server.parts.catalog.snapshots(newest)) {
            if (!oracle.versions.containsKey(real.id().toString())) {
                fresh.add(0, real);
            }
        }
        return fresh;
    }

    private Set<String> files(Snapshot version) {
        return server.stored.manifest(version).content().blobs().stream()
                .map(blob -> blob.digest().hex())
                .collect(Collectors.toSet());
    }

    /** Notes that a version lies in the trash, for so long from now on. */
    void trashed(Version version, Duration window) {
        Instant purgeAfter = Objects.requireNonNull(real(version).trashed()).purgeAfter();
        Instant ends = server.now().plus(window);
        assertThat(purgeAfter).as("when %s goes", version).isBetween(ends.minus(MOMENT), ends.plus(MOMENT));
        version.stage = Stage.TRASHED;
        version.purgeAfter = purgeAfter;
    }

    /** Notes a hold that the server has to have placed of its own accord. */
    void held(Line line, String version, String owner, Instant ends) {
        Hold hold = server.parts.catalog.holdsOf(SnapshotId.parse(version)).stream()
                .filter(real -> owner.equals(real.owner()) && !oracle.holds.containsKey(real.id()))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no hold of " + owner + " lies on " + oracle.version(version)));
        assertThat(hold.expiresAt()).isBetween(ends.minus(MOMENT), ends.plus(MOMENT));
        note(hold);
        assertThat(hold.jobId()).isEqualTo(line.job);
    }

    /** Notes the holds that a window which was opened again has placed: on each version one, unless it is over by now. */
    void reheld(Line line, Collection<String> versions, String owner) {
        for (String version : versions) {
            List<Hold> holds = server.parts.catalog.holdsOf(SnapshotId.parse(version)).stream()
                    .filter(real -> owner.equals(real.owner()))
                    .toList();
            assertThat(holds).as("holds of %s", line).hasSizeLessThanOrEqualTo(1);
            holds.forEach(this::note);
        }
    }

    void note(Hold hold) {
        oracle.holds.put(
                hold.id(),
                new Mark(hold.jobId(), hold.id(), hold.snapshot().toString(), hold.expiresAt(), hold.owner()));
    }

    /** Forgets the holds that the server has to have released of its own accord. */
    void letGo(String job, Collection<String> versions, String owner) {
        oracle.holds
                .values()
                .removeIf(mark ->
                        mark.job().equals(job) && owner.equals(mark.owner()) && versions.contains(mark.version()));
    }
}
