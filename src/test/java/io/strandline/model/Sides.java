package io.strandline.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.strandline.catalog.Branch;
import io.strandline.catalog.Cause;
import io.strandline.catalog.Change;
import io.strandline.catalog.Job;
import io.strandline.catalog.Ledger.Scope;
import io.strandline.catalog.Snapshot;
import io.strandline.model.Oracle.Line;
import io.strandline.model.Oracle.Version;
import io.strandline.problem.StrandlineException;
import io.strandline.snapshot.SnapshotId;
import java.util.Collection;
import java.util.Optional;

/** The two sides that a script is played on, the server and the oracle, and how a step asks and changes them. */
final class Sides {

    static final Cause ADA = new Cause("ada", "request", null, "why");

    final Server server;
    final Oracle oracle = new Oracle();
    private int made;

    Sides(Server server) {
        this.server = server;
    }

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
    boolean answered(String jobId, Runnable call, boolean unchanged) {
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
                .as("an answer without an entry, of %s", jobId)
                .isEqualTo(unchanged);
        return true;
    }

    void change(String jobId, Change change) {
        server.parts.ledger.change(new Scope.OfJob(jobId), ADA, changes -> {
            changes.record(change);
            return true;
        });
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
}
