package io.strandline.model;

import io.strandline.catalog.Branch;
import io.strandline.catalog.RefChange.BranchCreated;
import io.strandline.catalog.RefChange.BranchTrashed;
import io.strandline.catalog.RefChange.BranchUndeleted;
import io.strandline.catalog.RefChange.HeadMoved;
import io.strandline.catalog.Snapshot;
import io.strandline.catalog.Trashed;
import io.strandline.model.Oracle.Line;
import io.strandline.model.Oracle.Stage;
import io.strandline.model.Oracle.Version;
import io.strandline.snapshot.SnapshotId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** The steps that make, delete and move branches. */
final class Branches {

    private final Sides sides;
    private final Server server;
    private final Oracle oracle;

    Branches(Sides sides) {
        this.sides = sides;
        this.server = sides.server;
        this.oracle = sides.oracle;
    }

    void fork(Step step) {
        Sides.pick(oracle.at(Stage.COMPLETED), step.first()).ifPresent(version -> {
            String name = sides.name("fork-");
            Snapshot from = sides.real(version);
            Branch.Fork fork = new Branch.Fork(
                    Long.toString(version.number), from.id(), from.number(), version.branch, server.now());
            sides.change(version.job, new BranchCreated(version.job, name, fork, 1, List.of(), Branch.Protection.NONE));
            oracle.branches.put(version.job + "/" + name, new Line(version.job, name, version.id));
        });
    }

    void delete(Step step) {
        List<Line> some = oracle.lines(false).stream()
                .filter(line -> !line.name.equals("main"))
                .toList();
        Sides.pick(some, step.first()).ifPresent(line -> {
            Instant now = server.now();
            sides.change(
                    line.job, new BranchTrashed(line.job, line.name, new Trashed(now, now.plus(Duration.ofDays(7)))));
            line.trashed = true;
        });
    }

    void undelete(Step step) {
        Sides.pick(oracle.lines(true), step.first())
                .filter(line -> oracle.versions.get(line.head).stage == Stage.COMPLETED)
                .ifPresent(line -> {
                    sides.change(line.job, new BranchUndeleted(line.job, line.name));
                    line.trashed = false;
                });
    }

    void moveHead(Step step) {
        Sides.pick(oracle.lines(false), step.first())
                .filter(line -> line.head != null)
                .ifPresent(line -> {
                    List<Version> targets = oracle.at(Stage.COMPLETED).stream()
                            .filter(version -> version.job.equals(line.job) && !version.id.equals(line.head))
                            .toList();
                    Sides.pick(targets, step.second()).ifPresent(target -> {
                        sides.change(
                                line.job,
                                new HeadMoved(
                                        line.job,
                                        line.name,
                                        SnapshotId.parse(line.head),
                                        SnapshotId.parse(target.id),
                                        target.number,
                                        List.of(),
                                        "RESET",
                                        null));
                        line.head = target.id;
                    });
                });
    }
}
