package io.strandline.job;

import io.strandline.catalog.Branch;
import io.strandline.catalog.Catalog;
import io.strandline.catalog.Job;
import io.strandline.runner.BranchRef;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * One supervisor for each branch anybody asked about. When the server comes up, what should run goes on from its head;
 * when it stops, instances end within the time the settings give, and are still wanted afterwards.
 */
@Component
final class Supervisors implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(Supervisors.class);
    private static final int PAGE = 200;

    private final Map<BranchRef, BranchSupervisor> supervisors = new ConcurrentHashMap<>();
    private final Crew crew;
    private final Catalog catalog;
    private final JobSettings settings;
    private volatile boolean up;

    Supervisors(Crew crew, Catalog catalog, JobSettings settings) {
        this.crew = crew;
        this.catalog = catalog;
        this.settings = settings;
    }

    /** The supervisor of a branch. */
    BranchSupervisor of(BranchRef on) {
        return supervisors.computeIfAbsent(on, branch -> new BranchSupervisor(branch, crew));
    }

    /** Where a branch stands. */
    JobState state(Branch branch) {
        return of(new BranchRef(branch.jobId(), branch.name())).state(branch);
    }

    @Override
    public void start() {
        crew.book().closeLeftOvers();
        for (Branch branch : wanted()) {
            of(new BranchRef(branch.jobId(), branch.name())).recover();
        }
        up = true;
    }

    @Override
    public void stop() {
        up = false;
        Duration patience = settings.shutdownTimeout();
        List<CompletableFuture<Void>> ends = supervisors.values().stream()
                .map(supervisor -> CompletableFuture.runAsync(
                        () -> supervisor.shutDown(patience.dividedBy(2)),
                        crew.threads().workers()))
                .toList();
        CompletableFuture.allOf(ends.toArray(CompletableFuture<?>[]::new))
                .orTimeout(patience.toMillis(), java.util.concurrent.TimeUnit.MILLISECONDS)
                .exceptionally(late -> {
                    LOG.warn("not every instance ended within {}", patience, late);
                    return null;
                })
                .join();
    }

    @Override
    public boolean isRunning() {
        return up;
    }

    private List<Branch> wanted() {
        List<Branch> wanted = new ArrayList<>();
        Optional<String> before = Optional.empty();
        List<Job> page;
        do {
            page = catalog.jobs(false, before.orElse(null), PAGE);
            for (Job job : page) {
                catalog.branches(job.id()).stream()
                        .filter(branch -> branch.desired() == Branch.Desired.RUNNING)
                        .forEach(wanted::add);
                before = Optional.of(job.id());
            }
        } while (page.size() == PAGE);
        return wanted;
    }
}
