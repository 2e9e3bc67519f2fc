package io.strandline.catalog.jpa;

import static io.strandline.catalog.jpa.CatalogHarness.ADA;

import io.strandline.catalog.ApiKey;
import io.strandline.catalog.ApiKey.Role;
import io.strandline.catalog.Branch;
import io.strandline.catalog.Branch.Desired;
import io.strandline.catalog.Branch.Fork;
import io.strandline.catalog.Branch.Protection;
import io.strandline.catalog.Campaign;
import io.strandline.catalog.Cause;
import io.strandline.catalog.Hold;
import io.strandline.catalog.Job;
import io.strandline.catalog.JobChange.DesiredStateSet;
import io.strandline.catalog.JobChange.InstanceEnded;
import io.strandline.catalog.JobChange.JobPurged;
import io.strandline.catalog.JobChange.JobTrashed;
import io.strandline.catalog.JobChange.JobUndeleted;
import io.strandline.catalog.JobChange.PipelineVersionAdded;
import io.strandline.catalog.JobChange.PipelineVersionChosen;
import io.strandline.catalog.Ledger.Changes;
import io.strandline.catalog.Ledger.Scope;
import io.strandline.catalog.OperationChange.OperationAccepted;
import io.strandline.catalog.OperationChange.OperationEnded;
import io.strandline.catalog.OperationChange.RequestAnswered;
import io.strandline.catalog.Policy;
import io.strandline.catalog.PolicyChange.PolicyDeleted;
import io.strandline.catalog.PolicyChange.PolicySaved;
import io.strandline.catalog.ProblemNote;
import io.strandline.catalog.RefChange.BranchCreated;
import io.strandline.catalog.RefChange.BranchProtected;
import io.strandline.catalog.RefChange.BranchPurged;
import io.strandline.catalog.RefChange.BranchTrashed;
import io.strandline.catalog.RefChange.BranchUndeleted;
import io.strandline.catalog.RefChange.HeadMoved;
import io.strandline.catalog.RefChange.HoldPlaced;
import io.strandline.catalog.RefChange.HoldReleased;
import io.strandline.catalog.RefChange.SinksChosen;
import io.strandline.catalog.RefChange.TagCreated;
import io.strandline.catalog.RefChange.TagDeleted;
import io.strandline.catalog.ServerChange.CampaignSaved;
import io.strandline.catalog.ServerChange.KeyCreated;
import io.strandline.catalog.ServerChange.KeyRevoked;
import io.strandline.catalog.ServerChange.KeyRotated;
import io.strandline.catalog.SinkChoice;
import io.strandline.catalog.Snapshot;
import io.strandline.catalog.Snapshot.Condition;
import io.strandline.catalog.Snapshot.State;
import io.strandline.catalog.SnapshotChange.ConditionChanged;
import io.strandline.catalog.SnapshotChange.SnapshotDescribed;
import io.strandline.catalog.SnapshotChange.SnapshotPurged;
import io.strandline.catalog.SnapshotChange.SnapshotTrashed;
import io.strandline.catalog.SnapshotChange.SnapshotUndeleted;
import io.strandline.catalog.SnapshotChange.SnapshotVerified;
import io.strandline.catalog.SnapshotQuery;
import io.strandline.catalog.Tag;
import io.strandline.catalog.Trashed;
import io.strandline.catalog.Verification;
import io.strandline.catalog.Verification.Level;
import io.strandline.catalog.history.Instance;
import io.strandline.snapshot.Manifests;
import io.strandline.storage.ManifestName;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/** Does random, allowed things to a catalog; each seed always the same. */
final class RandomHistory {

    private final Random random;
    private int made;

    RandomHistory(long seed) {
        this.random = new Random(seed);
    }

    void steps(CatalogHarness server, int count) throws IOException {
        for (int i = 0; i < count; i++) {
            step(server);
        }
    }

    private void step(CatalogHarness server) throws IOException {
        List<Job> jobs = server.catalog.jobs(false, null, 100);
        if (jobs.size() < 2 || random.nextInt(40) == 0) {
            server.job("job-" + made++);
            return;
        }
        Job job = jobs.get(random.nextInt(jobs.size()));
        switch (random.nextInt(9)) {
            case 8 -> branchStep(server, job);
            case 0 -> jobStep(server, job);
            case 1 -> serverStep(server, job);
            case 2, 3 -> refStep(server, job);
            case 4 -> snapshotStep(server, job);
            default -> checkpoint(server, job);
        }
    }

    private void checkpoint(CatalogHarness server, Job job) {
        if (server.catalog.newestEpoch(job.id()) == 0) {
            server.startInstance(job.id());
        }
        if (random.nextInt(10) == 0) {
            server.commit(CatalogHarness.imported(
                    server.candidate(job.id(), null, 0, List.of(), "imported-" + made++, "shared")));
        }
        server.snapshot(job.id(), "blob-" + made++, "blob-" + Math.max(0, made - 3), "shared");
    }

    private void jobStep(CatalogHarness server, Job job) {
        String id = job.id();
        Instant now = server.clock.instant();
        switch (random.nextInt(6)) {
            case 0 -> {
                int next = server.catalog.newestPipeline(id) + 1;
                server.change(id, new PipelineVersionAdded(id, Branch.MAIN, next, "{\"v\":" + next + "}", now));
            }
            case 1 -> server.change(id, new PipelineVersionChosen(id, Branch.MAIN, 1));
            case 2 -> server.change(id, new DesiredStateSet(id, Branch.MAIN, Desired.values()[random.nextInt(2)]));
            case 3 -> {
                Optional<Instance> open = server.history.newestInstance(id, Branch.MAIN);
                open.filter(instance -> instance.endedAt() == null)
                        .ifPresentOrElse(
                                instance -> server.change(
                                        id,
                                        new InstanceEnded(
                                                id,
                                                Branch.MAIN,
                                                instance.id(),
                                                "FAILED",
                                                random.nextBoolean(),
                                                random.nextBoolean() ? new ProblemNote("job-failed", "broke") : null,
                                                now)),
                                () -> server.startInstance(id));
            }
            case 4 -> {
                server.change(id, new JobTrashed(id, new Trashed(now, now.plusSeconds(60))));
                server.change(id, new JobUndeleted(id));
            }
            default -> {
                if (random.nextInt(4) == 0) {
                    server.change(id, new JobTrashed(id, new Trashed(now, now.plusSeconds(60))));
                    server.change(id, new JobPurged(id));
                }
            }
        }
    }

    private void serverStep(CatalogHarness server, Job job) {
        Instant now = server.clock.instant();
        String id = "operation-" + made++;
        switch (random.nextInt(3)) {
            case 0 -> {
                Scope scope = new Scope.OfOperation(id);
                Cause cause = ADA.within(id);
                server.ledger.record(
                        scope, cause, List.of(new OperationAccepted(id, "test", job.id(), "{}", "ada", now)));
                server.ledger.record(scope, cause, List.of(new OperationEnded(id, "SUCCEEDED", "{}", null, now)));
            }
            case 1 ->
                server.ledger.record(
                        new Scope.OfOperation(id),
                        ADA,
                        List.of(new RequestAnswered(
                                "key-" + random.nextInt(5),
                                "f",
                                200,
                                "{}",
                                "{}",
                                now.plusSeconds(random.nextInt(90)))));
            default -> policyStep(server, job, now);
        }
    }

    private void policyStep(CatalogHarness server, Job job, Instant now) {
        String level = random.nextBoolean() ? job.id() : null;
        String branch = level != null && random.nextBoolean() ? "main" : null;
        Scope scope = level == null ? new Scope.OfServer() : new Scope.OfJob(level);
        server.ledger.change(scope, ADA, changes -> {
            if (level == null && random.nextBoolean()) {
                changes.record(new CampaignSaved(
                        new Campaign(random.nextBoolean(), Level.CHECKSUMS, made, 60_000, made, now, "ada")));
            }
            if (level == null) {
                keyStep(changes, now);
            }
            changes.record(
                    random.nextInt(3) == 0
                            ? new PolicyDeleted(level, branch)
                            : new PolicySaved(new Policy(level, branch, "{}", made, now, "ada")));
            return true;
        });
    }

    private void keyStep(Changes changes, Instant now) {
        String id = "sk-" + random.nextInt(4);
        ApiKey key = new ApiKey(
                id, "key " + made, Role.OPERATOR, List.of("a*", "b"), "hash-" + made, null, now, "ada", null, now);
        switch (random.nextInt(3)) {
            case 0 -> changes.record(new KeyCreated(key));
            case 1 -> changes.record(new KeyRotated(key.rotated("again-" + made, now, now)));
            default -> changes.record(new KeyRevoked(id));
        }
    }

    private void refStep(CatalogHarness server, Job job) {
        String id = job.id();
        Optional<Snapshot> found = pick(server, job, State.COMPLETED);
        if (found.isEmpty()) {
            return;
        }
        Snapshot version = found.get();
        Instant now = server.clock.instant();
        switch (random.nextInt(5)) {
            case 0 -> {
                String name = "tag-" + random.nextInt(4);
                Tag tag = new Tag(
                        id, name, version.id(), version.number(), "m", "ada", now, now.plusSeconds(random.nextInt(60)));
                server.change(
                        id, server.catalog.tag(id, name).isPresent() ? new TagDeleted(id, name) : new TagCreated(tag));
            }
            case 1, 2 -> {
                Hold hold = new Hold("hold-" + made++, id, version.id(), Hold.Kind.USER, "why", "ada", null, now, null);
                server.change(id, new HoldPlaced(hold));
            }
            case 3 ->
                server.catalog.holds(id).stream()
                        .findFirst()
                        .ifPresent(hold -> server.change(id, new HoldReleased(id, hold.id())));
            default -> {
                Branch main = server.catalog.branch(id, Branch.MAIN).orElseThrow();
                server.change(
                        id,
                        new HeadMoved(
                                id,
                                Branch.MAIN,
                                main.head(),
                                version.id(),
                                version.number(),
                                List.of(),
                                "ROLLBACK",
                                random.nextBoolean() ? 1 : null));
            }
        }
    }

    private void branchStep(CatalogHarness server, Job job) {
        String id = job.id();
        Instant now = server.clock.instant();
        List<Branch> forks = server.catalog.branches(id).stream()
                .filter(branch -> branch.forkedFrom() != null)
                .toList();
        if (forks.isEmpty() || random.nextInt(3) == 0) {
            pick(server, job, State.COMPLETED).ifPresent(version -> {
                Fork fork = new Fork("main", version.id(), version.number(), version.branch(), now);
                server.change(id, new BranchCreated(id, "fork-" + made++, fork, 1, List.of(), Protection.NONE));
            });
            return;
        }
        String name = forks.get(random.nextInt(forks.size())).name();
        switch (random.nextInt(5)) {
            case 0 -> server.change(id, new BranchProtected(id, name, new Protection(false, random.nextBoolean())));
            case 1 -> server.change(id, new SinksChosen(id, name, Map.of("out", SinkChoice.toPath("there"))));
            case 2 -> server.change(id, new BranchTrashed(id, name, new Trashed(now, now.plusSeconds(60))));
            case 3 -> {
                server.change(id, new BranchTrashed(id, name, new Trashed(now, now.plusSeconds(60))));
                server.change(id, new BranchPurged(id, name));
            }
            default -> {
                server.change(id, new BranchTrashed(id, name, new Trashed(now, now.plusSeconds(60))));
                server.change(id, new BranchUndeleted(id, name));
            }
        }
    }

    private void snapshotStep(CatalogHarness server, Job job) throws IOException {
        State state = random.nextInt(3) == 0 ? State.TRASHED : State.COMPLETED;
        Optional<Snapshot> found = pick(server, job, state);
        if (found.isEmpty()) {
            return;
        }
        Snapshot version = found.get();
        Instant now = server.clock.instant();
        if (state == State.TRASHED) {
            if (random.nextBoolean()) {
                server.change(job.id(), new SnapshotUndeleted(version.id()));
            } else {
                server.change(job.id(), new SnapshotPurged(version.id(), now));
                new Manifests(server.stores.durable()).delete(new ManifestName(job.id(), version.number()));
            }
            return;
        }
        Verification verification = new Verification(Verification.Level.CONTENT, now, Verification.Outcome.INTACT);
        switch (random.nextInt(4)) {
            case 0 ->
                server.change(
                        job.id(), new SnapshotDescribed(version.id(), Map.of("k" + made++, "v", "a", "b"), "text"));
            case 1 ->
                server.change(
                        job.id(), new SnapshotVerified(version.id(), verification, Condition.OK, "sha256:" + made++));
            case 2 -> server.change(job.id(), new ConditionChanged(version.id(), Condition.DAMAGED, "a file is gone"));
            default -> {
                Branch main = server.catalog.branch(job.id(), Branch.MAIN).orElseThrow();
                if (!version.id().equals(main.head())) {
                    Trashed trashed = new Trashed(now, now.plus(Duration.ofHours(1)));
                    server.change(job.id(), new SnapshotTrashed(version.id(), trashed, "EXPIRED"));
                }
            }
        }
    }

    private Optional<Snapshot> pick(CatalogHarness server, Job job, State state) {
        List<Snapshot> versions = server.catalog.snapshots(
                new SnapshotQuery(job.id(), null, Set.of(), Set.of(state), Map.of(), null, null, null, 50));
        return versions.isEmpty() ? Optional.empty() : Optional.of(versions.get(random.nextInt(versions.size())));
    }
}
