package io.strandline.trust;

import io.strandline.catalog.Snapshot;
import io.strandline.problem.StrandlineException;
import io.strandline.trust.Station.StepFailed;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * What a version goes through: triggered and committed, tagged, expired and collected, restored from. Each step is noted as
 * asked for before, and as acknowledged after; a step may be tried again.
 */
final class Cycle {

    private static final String TAG = "kept";
    private static final int TRIES = 3;

    private final Promises promises;
    private final List<Step> steps = List.of(
            Station::submit,
            Station::start,
            this::checkpoint,
            this::checkpoint,
            this::tag,
            this::checkpoint,
            this::checkpoint,
            this::checkpoint,
            this::expire,
            this::collect,
            this::rollBack,
            Station::start,
            this::checkpoint,
            Station::stop);
    private @Nullable Snapshot newest;
    private @Nullable Snapshot kept;
    private int next;

    Cycle(Promises promises) {
        this.promises = promises;
    }

    /** One thing that is asked of a server. */
    private interface Step {
        void take(Station station) throws IOException;
    }

    /** Takes every step; the first failure ends it. */
    void once(Station station) throws IOException {
        while (next < steps.size()) {
            steps.get(next).take(station);
            next++;
        }
    }

    /** Takes every step, and those that fail again, as long as the server takes changes at all. */
    void withPatience(Station station) throws IOException {
        while (next < steps.size()) {
            patiently(station, steps.get(next));
            next++;
        }
    }

    private void patiently(Station station, Step step) throws IOException {
        for (int attempt = 1; ; attempt++) {
            try {
                step.take(station);
                return;
            } catch (StepFailed | StrandlineException | CompletionException | IOException e) {
                if (attempt == TRIES || station.parts.journal.readOnly().isPresent()) {
                    throw e;
                }
            }
        }
    }

    private void checkpoint(Station station) throws IOException {
        if (!station.running()) {
            station.start();
        }
        promises.commitAsked();
        newest = station.checkpoint();
        promises.version(newest);
    }

    private void tag(Station station) {
        Snapshot version = Objects.requireNonNull(newest);
        if (station.parts.catalog.tag(Station.JOB, TAG).isEmpty()) {
            station.tag(version, TAG);
        }
        promises.tag(TAG, version);
        kept = version;
    }

    private void expire(Station station) {
        promises.expiryAsked();
        promises.expired(station.expire(1));
    }

    private void collect(Station station) {
        promises.purgeAsked();
        station.collect();
        promises.purged();
    }

    private void rollBack(Station station) {
        Snapshot target = Objects.requireNonNull(kept);
        promises.moveAsked(target);
        if (!target.id().equals(station.main().head())) {
            station.rollBackTo(target);
        }
        promises.moved(target);
    }
}
