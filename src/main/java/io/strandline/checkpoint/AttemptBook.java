package io.strandline.checkpoint;

import io.strandline.catalog.history.Attempts;
import io.strandline.catalog.history.Attempts.Attempt;
import io.strandline.runner.AttemptReport;
import io.strandline.runner.BranchRef;
import io.strandline.runner.InstanceListener;
import io.strandline.runner.InstanceListeners;
import io.strandline.runner.InstanceSpec;
import jakarta.annotation.PreDestroy;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Keeps every attempt: those under way in memory, those that ended in the catalog. Saving happens on a thread of its own,
 * so that a slow catalog never holds up a runner; statistics it cannot save are lost, and it says so in the log.
 */
@Component
final class AttemptBook implements InstanceListeners {

    private static final Logger LOG = LoggerFactory.getLogger(AttemptBook.class);

    private final Attempts attempts;
    private final PendingRequests requests;
    private final JsonMapper json;
    private final Clock clock;
    private final ExecutorService writer =
            Executors.newSingleThreadExecutor(work -> new Thread(work, "attempt-writer"));
    private final Map<Key, Entry> unsaved = new ConcurrentHashMap<>();

    AttemptBook(Attempts attempts, PendingRequests requests, JsonMapper json, Clock clock) {
        this.attempts = attempts;
        this.requests = requests;
        this.json = json;
        this.clock = clock;
    }

    /** An attempt's place. */
    private record Key(String jobId, long number) {}

    /**
     * An attempt with the branch and instance it was made on.
     *
     * @param instanceId the instance
     */
    record Entry(BranchRef on, String instanceId, AttemptReport report) {}

    @Override
    public InstanceListener listenTo(InstanceSpec spec) {
        giveUpLeftOvers(spec.on());
        return new InstanceListener() {
            @Override
            public void attempt(AttemptReport report) {
                note(new Entry(spec.on(), spec.instanceId(), report));
            }
        };
    }

    /** An attempt by its number. */
    Optional<Entry> find(String jobId, long number) {
        Entry here = unsaved.get(new Key(jobId, number));
        return here == null ? attempts.attempt(jobId, number).map(this::read) : Optional.of(here);
    }

    /** A job's attempts, newest number first. */
    List<Entry> list(String jobId, @Nullable String branch, @Nullable String state, @Nullable Long before, int limit) {
        Stream<Entry> here = unsaved.values().stream()
                .filter(entry -> entry.on().jobId().equals(jobId))
                .filter(entry -> branch == null || entry.on().branch().equals(branch))
                .filter(entry -> state == null || entry.report().state().name().equals(state))
                .filter(entry -> before == null || entry.report().number() < before);
        Stream<Entry> saved = attempts.attempts(jobId, branch, state, before, limit).stream()
                .filter(attempt -> !unsaved.containsKey(new Key(jobId, attempt.number())))
                .map(this::read);
        return Stream.concat(here, saved)
                .sorted(Comparator.comparingLong((Entry entry) -> entry.report().number())
                        .reversed())
                .limit(limit)
                .toList();
    }

    @PreDestroy
    void close() {
        writer.shutdown();
    }

    private void note(Entry entry) {
        AttemptReport report = entry.report();
        if (!report.requestId().isEmpty()) {
            requests.begun(report.requestId());
        }
        Key key = new Key(entry.on().jobId(), report.number());
        unsaved.put(key, entry);
        if (report.state() != AttemptReport.State.RUNNING) {
            writer.execute(() -> save(key, entry));
        }
    }

    private void save(Key key, Entry entry) {
        AttemptReport report = entry.report();
        try {
            attempts.save(new Attempt(
                    key.jobId(),
                    entry.on().branch(),
                    entry.instanceId(),
                    report.number(),
                    report.state().name(),
                    report.startedAt(),
                    report.endedAt(),
                    json.writeValueAsString(report)));
        } catch (RuntimeException e) {
            LOG.warn("the statistics of attempt {} of job {} are lost", report.number(), key.jobId(), e);
        }
        unsaved.remove(key, entry);
    }

    /** An instance about to start means that whatever its predecessor was in the middle of came to nothing. */
    private void giveUpLeftOvers(BranchRef on) {
        unsaved.values().stream()
                .filter(entry -> entry.on().equals(on))
                .filter(entry -> entry.report().state() == AttemptReport.State.RUNNING)
                .forEach(entry ->
                        note(new Entry(on, entry.instanceId(), entry.report().aborted(clock.instant()))));
    }

    private Entry read(Attempt attempt) {
        BranchRef on = new BranchRef(attempt.jobId(), attempt.branch());
        return new Entry(on, attempt.instanceId(), json.readValue(attempt.report(), AttemptReport.class));
    }
}
