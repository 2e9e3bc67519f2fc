package io.strandline.event;

import io.strandline.catalog.Catalog;
import io.strandline.event.Event.JobRef;
import io.strandline.job.JobState;
import io.strandline.job.Jobs;
import io.strandline.problem.StrandlineException;
import io.strandline.runner.BranchRef;
import jakarta.annotation.PreDestroy;
import java.time.Clock;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Tells when a branch's state is another than before. States follow from what is journaled and from what runs, so it looks
 * whenever something happened to a job, and a few times a second as long as one is on its way from one state to the next.
 */
@Component
final class StateWatch {

    private static final Logger log = LoggerFactory.getLogger(StateWatch.class);
    private static final int STRETCH = 200;
    private static final long LOOK_AGAIN_MILLIS = 250;
    private static final Set<JobState> PASSING = Set.of(JobState.STARTING, JobState.STOPPING, JobState.RESTARTING);
    private static final EventFilter TELLING = new EventFilter(
            Set.of(
                    EventType.JOB_CREATED.wireName(),
                    EventType.BRANCH_CREATED.wireName(),
                    EventType.DESIRED_STATE_SET.wireName(),
                    EventType.INSTANCE_STARTED.wireName(),
                    EventType.INSTANCE_RUNNING.wireName(),
                    EventType.INSTANCE_ENDED.wireName(),
                    EventType.OPERATION_PROGRESS.wireName()),
            null,
            Set.of(),
            false);

    private final EventLog events;
    private final Jobs jobs;
    private final Catalog catalog;
    private final Clock clock;
    private final AtomicBoolean due = new AtomicBoolean();
    private final Map<BranchRef, JobState> known = new HashMap<>();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread watching = new Thread(work, "job-states");
        watching.setDaemon(true);
        return watching;
    });
    private EventId position;

    StateWatch(EventLog events, Jobs jobs, Catalog catalog, Clock clock) {
        this.events = events;
        this.jobs = jobs;
        this.catalog = catalog;
        this.clock = clock;
        this.position = events.newest();
        events.follow(() -> look(0));
    }

    @PreDestroy
    void close() {
        thread.shutdownNow();
    }

    private void look(long afterMillis) {
        if (due.compareAndSet(false, true)) {
            try {
                thread.schedule(this::lookNow, afterMillis, TimeUnit.MILLISECONDS);
            } catch (RejectedExecutionException e) {
                log.debug("no states are told any more: the server stops");
            }
        }
    }

    private void lookNow() {
        due.set(false);
        try {
            Set<BranchRef> touched = touched();
            known.forEach((on, state) -> {
                if (PASSING.contains(state)) {
                    touched.add(on);
                }
            });
            touched.forEach(this::compare);
        } catch (StrandlineException e) {
            log.debug("states are told once the catalog answers", e);
        }
        if (known.values().stream().anyMatch(PASSING::contains)) {
            look(LOOK_AGAIN_MILLIS);
        }
    }

    private Set<BranchRef> touched() {
        Set<BranchRef> touched = new HashSet<>();
        EventLog.Batch batch;
        do {
            batch = events.after(position, TELLING, STRETCH);
            position = batch.position();
            batch.events().forEach(told -> touch(told.event(), touched));
        } while (batch.more());
        return touched;
    }

    private void touch(Event event, Set<BranchRef> touched) {
        JobRef job = event.job();
        if (job == null) {
            return;
        }
        if (event.branch() != null) {
            touched.add(new BranchRef(job.id(), event.branch()));
        } else {
            catalog.branches(job.id()).forEach(branch -> touched.add(new BranchRef(job.id(), branch.name())));
        }
    }

    private void compare(BranchRef on) {
        @Nullable JobState now = state(on);
        JobState before = now == null ? known.remove(on) : known.put(on, now);
        if (now == null || now == before) {
            return;
        }
        Map<String, String> data = new LinkedHashMap<>();
        data.put("state", now.name());
        if (before != null) {
            data.put("before", before.name());
        }
        events.publish(
                new LiveNews(EventType.JOB_STATE_CHANGED, clock.instant(), on.jobId(), on.branch(), null, null, data));
    }

    /** Where a branch stands, null when it is gone. */
    private @Nullable JobState state(BranchRef on) {
        return catalog.job(on.jobId())
                .filter(job -> catalog.branch(on.jobId(), on.branch()).isPresent())
                .map(job -> jobs.status(job, on.branch()).state())
                .orElse(null);
    }
}
