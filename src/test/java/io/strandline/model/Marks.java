package io.strandline.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.strandline.catalog.lookup.Revision;
import io.strandline.model.Oracle.Mark;
import io.strandline.model.Oracle.Stage;
import io.strandline.model.Oracle.Version;
import io.strandline.version.HoldRequest;
import io.strandline.version.TagRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The steps of tags and holds. */
final class Marks {

    private final Sides sides;
    private final Server server;
    private final Oracle oracle;

    Marks(Sides sides) {
        this.sides = sides;
        this.server = sides.server;
        this.oracle = sides.oracle;
    }

    void tag(Step step) {
        Optional<Version> version = Sides.pick(oracle.versions.values(), step.first());
        if (version.isEmpty()) {
            return;
        }
        Version target = version.get();
        String name = "tag-" + step.second() % 4;
        Instant ends = step.second() % 3 == 0 ? server.now().plus(Duration.ofHours(30)) : null;
        @Nullable Mark taken = oracle.tags.get(target.job + "/" + name);
        boolean free =
                (taken == null || !taken.lives(server.now())) && !oracle.branches.containsKey(target.job + "/" + name);
        boolean allowed = target.stage == Stage.COMPLETED && free;
        TagRequest request = new TagRequest(new Revision(Long.toString(target.number)), null, ends, null);
        boolean same =
                taken != null && taken.lives(server.now()) && taken.version().equals(target.id);
        boolean done =
                sides.answered(() -> server.refs.tags().put(sides.job(target.job), name, request, Sides.ADA), same);
        if (!same) {
            assertThat(done).as("tagging %s as %s", target, name).isEqualTo(allowed);
        }
        if (done && !same) {
            oracle.tags.put(target.job + "/" + name, new Mark(target.job, name, target.id, ends, null));
        }
    }

    void untag(Step step) {
        Instant now = server.now();
        Sides.pick(oracle.tags.values(), step.first())
                .filter(mark -> mark.lives(now))
                .ifPresent(mark -> {
                    server.refs.tags().delete(sides.job(mark.job()), mark.name(), Sides.ADA);
                    oracle.tags.remove(mark.job() + "/" + mark.name());
                });
    }

    void hold(Step step) {
        Sides.pick(oracle.versions.values(), step.first()).ifPresent(version -> {
            Instant ends = step.second() % 2 == 0 ? null : server.now().plus(Duration.ofHours(50));
            boolean done = sides.answered(
                    () -> sides.note(server.refs
                            .holds()
                            .place(
                                    sides.job(version.job),
                                    sides.real(version),
                                    new HoldRequest("why", ends),
                                    Sides.ADA)),
                    false);
            assertThat(done).as("holding %s", version).isEqualTo(version.stage == Stage.COMPLETED);
        });
    }

    /** A person may release what people have placed, and nothing else. */
    void release(Step step) {
        Instant now = server.now();
        Sides.pick(oracle.holds.values(), step.first())
                .filter(mark -> mark.lives(now))
                .ifPresent(mark -> {
                    boolean done = sides.answered(
                            () -> server.refs
                                    .holds()
                                    .release(
                                            sides.job(mark.job()),
                                            sides.real(oracle.version(mark.version())),
                                            mark.name(),
                                            Sides.ADA),
                            false);
                    assertThat(done).as("releasing %s", mark).isEqualTo(mark.owner() == null);
                    if (done) {
                        oracle.holds.remove(mark.name());
                    }
                });
    }
}
