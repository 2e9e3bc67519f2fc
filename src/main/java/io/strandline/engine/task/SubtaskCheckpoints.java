package io.strandline.engine.task;

import io.strandline.engine.chain.ChainLink;
import io.strandline.engine.chain.Freeze;
import io.strandline.engine.channel.InFlight;
import io.strandline.engine.element.Barrier;
import io.strandline.engine.element.Batch;
import io.strandline.snapshot.KeyGroupRange;
import io.strandline.snapshot.SourcePosition;
import io.strandline.snapshot.StateSchema;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A subtask's part in attempts. When a barrier has been taken, links emit what they hold back, everything is frozen, and the
 * barrier goes on. A barrier that overtakes does the same at once, wherever the subtask stands, and what it has overtaken
 * becomes part of the attempt.
 */
final class SubtaskCheckpoints {

    private final SubtaskId id;
    private final Input input;
    private final ChainLink[] links;
    private final Recovered recovered;
    private final Rows rows;
    private final TaskSettings settings;
    private final SubtaskListener listener;
    private int flushed;
    private boolean sweeping;
    private long aborted = -1;
    private long frozen = -1;
    private @Nullable InFlightLog overtaking;

    SubtaskCheckpoints(
            SubtaskId id, Input input, Subtask.Chained chain, TaskSettings settings, SubtaskListener listener) {
        this.id = id;
        this.input = input;
        this.links = chain.links().toArray(ChainLink[]::new);
        this.recovered = chain.recovered();
        this.rows = chain.rows();
        this.settings = settings;
        this.listener = listener;
    }

    /**
     * How rows in flight to a subtask are written down.
     *
     * @param keyGroups those of the subtask
     * @param schemas of a vertex's input
     */
    record Rows(KeyGroupRange keyGroups, BiFunction<String, Integer, StateSchema> schemas) {}

    void abort(long number) {
        aborted = Math.max(aborted, number);
        if (frozen <= aborted) {
            overtaking = null;
        }
        input.abort(number);
    }

    /** Does a slice of the states' own work, such as copying what is frozen; whether there was something to copy. */
    boolean sweep() {
        boolean before = sweeping;
        boolean more = false;
        for (ChainLink link : links) {
            more |= link.sweep();
        }
        sweeping = more;
        return before || more;
    }

    /** Whether every link's state can be used; until then no rows are taken and nothing is frozen. */
    boolean isReady() {
        for (ChainLink link : links) {
            if (!link.isReady()) {
                return false;
            }
        }
        return true;
    }

    /** Goes on with a barrier that every channel has delivered; whether it has gone on its way, or is of no interest. */
    boolean prepare(Barrier barrier) throws IOException {
        while (flushed < links.length) {
            if (!links[flushed].flush()) {
                return false;
            }
            flushed++;
        }
        if (sweeping) {
            return false;
        }
        flushed = 0;
        if (isNew(barrier)) {
            freeze(barrier, null);
        }
        return true;
    }

    /**
     * Does what is to be done about barriers that do not wait.
     *
     * @param taken a barrier that {@link #prepare} is not through with
     * @return whether something was done
     */
    boolean overtake(long nowNanos, @Nullable Barrier taken) throws IOException {
        InFlightLog log = overtaking;
        if (log != null) {
            collect(log);
            return overtaking == null;
        }
        if (sweeping || !isReady()) {
            return false;
        }
        if (taken != null && taken.overtakes(nowNanos) && isNew(taken)) {
            emitHeldBack();
            freeze(taken, null);
            return true;
        }
        Barrier barrier = input.overtaking(nowNanos);
        if (barrier == null || !isNew(barrier)) {
            return false;
        }
        begin(barrier, nowNanos);
        return true;
    }

    /** Whether an attempt's part is frozen, or of no interest any more. */
    boolean isPast(Barrier barrier) {
        return !isNew(barrier);
    }

    /** When there is something to be done about a barrier that waits; {@code Long.MAX_VALUE} for never. */
    long dueNanos(@Nullable Barrier taken) {
        long announced = input.overtakesAt();
        return taken == null || taken.patienceNanos() == Barrier.PATIENT
                ? announced
                : Math.min(announced, taken.overtakesAt());
    }

    private boolean isNew(Barrier barrier) {
        return barrier.number() > aborted && barrier.number() > frozen;
    }

    private void begin(Barrier barrier, long nowNanos) throws IOException {
        Batch read = input.pending();
        if (read != null) {
            links[0].process(0, read);
        }
        emitHeldBack();
        InFlightLog log = new InFlightLog(barrier.number(), rows.keyGroups(), rows.schemas());
        recovered.copyTo(log);
        input.overtake(barrier, nowNanos, into(log));
        overtaking = log;
        freeze(barrier, log);
        collect(log);
    }

    private void collect(InFlightLog log) {
        if (input.collect(into(log))) {
            overtaking = null;
            log.stage(settings.state());
        }
    }

    private InFlight into(InFlightLog log) {
        String head = links[0].vertex();
        return (from, batch) -> log.add(head, from, batch);
    }

    private void emitHeldBack() throws IOException {
        for (ChainLink link : links) {
            boolean done = link.flush();
            while (!done) {
                done = link.flush();
            }
        }
        flushed = 0;
    }

    private void freeze(Barrier barrier, @Nullable InFlightLog log) throws IOException {
        long begin = settings.clock().getAsLong();
        frozen = barrier.number();
        Freeze freeze = new Freeze(barrier.number());
        for (ChainLink link : links) {
            link.freeze(freeze);
        }
        if (log != null) {
            freeze.state(log.staged());
        }
        sweeping = true;
        Part part = new Part(
                barrier,
                input.positions(),
                Arrays.stream(links).collect(Collectors.toMap(ChainLink::vertex, ChainLink::watermarkToKeep)),
                input.alignedBytes(),
                input.firstSeen(barrier),
                begin,
                settings.clock().getAsLong());
        for (ChainLink link : links) {
            link.broadcast(barrier);
        }
        freeze.durable().whenComplete((flushed, failure) -> {
            if (failure != null) {
                refuse(freeze, failure);
                return;
            }
            listener.acknowledged(
                    id,
                    new Acknowledgement(
                            barrier.number(),
                            part.positions,
                            part.watermarks,
                            part.timing(settings.clock().getAsLong()),
                            new Acknowledgement.InFlight(part.alignedBytes, log == null ? 0 : log.bytes()),
                            flushed));
        });
    }

    /** A later attempt makes good for what was not written, but never for output that is lost: then the instance goes back. */
    private void refuse(Freeze freeze, Throwable failure) {
        if (freeze.lostOutput()) {
            listener.failed(id, null, failure);
        } else {
            listener.declined(id, freeze.number(), failure);
        }
    }

    /** What is known when everything is frozen. */
    private record Part(
            Barrier barrier,
            List<SourcePosition> positions,
            Map<String, Long> watermarks,
            long alignedBytes,
            long seen,
            long begin,
            long end) {

        Acknowledgement.Timing timing(long now) {
            return new Acknowledgement.Timing(seen - barrier.triggeredNanos(), begin - seen, end - begin, now - end);
        }
    }
}
