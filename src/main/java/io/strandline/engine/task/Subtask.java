package io.strandline.engine.task;

import io.strandline.engine.chain.ChainCursor;
import io.strandline.engine.chain.ChainLink;
import io.strandline.engine.chain.LinkedChain;
import io.strandline.engine.chain.VertexCounters;
import io.strandline.engine.element.Barrier;
import io.strandline.engine.element.Batch;
import io.strandline.engine.element.Doorbell;
import io.strandline.engine.element.Element;
import io.strandline.engine.element.Watermark;
import io.strandline.state.SnapshotReader.Entry;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * A chain of operators, stepped by one worker. It takes an element only when nothing is parked downstream and the work on the
 * element before it is done; long work is done in slices, one a step.
 */
public final class Subtask {

    private static final long TICK_NANOS = 1_000_000;
    // a channel rings when it has room again, a sink does not
    private static final long BLOCKED_NANOS = 5_000_000;

    private final SubtaskId id;
    private final Input input;
    private final LinkedChain chain;
    private final Recovered recovered;
    private final ToLongFunction<String> restoredWatermark;
    private final SubtaskCheckpoints checkpoints;
    private final Doorbell bell;
    private final ChainCursor cursor;
    private final TaskSettings settings;
    private final SubtaskListener listener;
    private final TimeCounters time;
    private final Looks looks;
    private final Queue<Runnable> mailbox = new ConcurrentLinkedQueue<>();
    private final CompletableFuture<Void> closed = new CompletableFuture<>();
    private final CompletableFuture<Void> left = new CompletableFuture<>();
    private volatile boolean cancelled;
    private boolean open;
    private boolean blocked;
    private @Nullable Element inHand;
    private int linkInHand;
    private long ticked;

    Subtask(SubtaskId id, Input input, Chained chain, TaskSettings settings, SubtaskListener listener) {
        this.id = id;
        this.input = input;
        this.chain = new LinkedChain(chain.links());
        this.looks = new Looks(this.chain);
        this.cursor = chain.cursor();
        this.recovered = chain.recovered();
        this.restoredWatermark = chain.restoredWatermark();
        this.bell = chain.bell();
        this.checkpoints = new SubtaskCheckpoints(id, input, chain, settings, listener);
        this.settings = settings;
        this.listener = listener;
        this.time = new TimeCounters(settings.clock().getAsLong());
    }

    /**
     * The links of a chain.
     *
     * @param links each after the one it reads, the head first
     * @param cursor knows which of them is at work
     * @param restoredWatermark of a vertex, by name
     * @param recovered what was on its way to them
     * @param rows how such rows are written down
     * @param bell rung when the subtask may get on
     */
    record Chained(
            List<ChainLink> links,
            ChainCursor cursor,
            ToLongFunction<String> restoredWatermark,
            Recovered recovered,
            SubtaskCheckpoints.Rows rows,
            Doorbell bell) {}

    /** Which one it is. */
    public SubtaskId id() {
        return id;
    }

    /** Figures of each vertex in its chain, by name. */
    public Map<String, VertexCounters> counters() {
        return chain.counters();
    }

    /** How it spends its time. */
    public TimeCounters time() {
        return time;
    }

    /** Sends a barrier out from its sources; with {@code pause} they stop reading behind it. */
    public void trigger(Barrier barrier, boolean pause) {
        tell(() -> input.trigger(barrier, pause));
    }

    /** Lets its sources read on after a pause. */
    public void resume() {
        tell(input::resume);
    }

    /** Lets its sources end as if their input had. */
    public void drain() {
        tell(input::drain);
    }

    /** Attempts up to {@code number} are over; completes when nothing is frozen for them any more from here on. */
    public CompletableFuture<Void> abort(long number) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        tell(() -> {
            checkpoints.abort(number);
            done.complete(null);
        });
        closed.thenRun(() -> done.complete(null));
        return done;
    }

    /** Looks a key up between two steps, see {@link Looks#ask}; by any thread. */
    public CompletableFuture<Optional<List<Entry>>> look(String vertex, String state, List<Object> key) {
        CompletableFuture<Optional<List<Entry>>> answer = looks.ask(vertex, state, key);
        closed.thenRun(() -> answer.completeExceptionally(new IOException("the instance has ended")));
        bell.ring();
        return answer;
    }

    /** Ends it; completes when its worker has left it, or it is given up. */
    public CompletableFuture<Void> cancel() {
        cancelled = true;
        bell.ring();
        return closed;
    }

    /** Completes when its worker has left it, even if it was given up before. */
    public CompletableFuture<Void> left() {
        return left;
    }

    /** It has been in a step for long; by any thread. */
    void tellStuck(StuckStepException stuck) {
        listener.stuck(id, cursor.vertex(), stuck);
    }

    /** Nobody waits for the end of the step that it is in, nor for the subtask any more; by any thread. */
    void giveUp(StuckStepException stuck) {
        cancelled = true;
        closed.complete(null);
        listener.failed(id, cursor.vertex(), stuck);
    }

    /** From here on {@code wakes} is run when the subtask may get on. */
    void wakeBy(Runnable wakes) {
        bell.connect(wakes);
    }

    /** When it has to be stepped again although nothing rings; {@code Long.MAX_VALUE} for never. */
    long dueNanos(long nowNanos) {
        if (!open) { // it may have come to a worker that was about to sleep
            return nowNanos;
        }
        long due = checkpoints.dueNanos(inHand instanceof Barrier barrier ? barrier : null);
        if (blocked) {
            return Math.min(due, nowNanos + BLOCKED_NANOS);
        }
        if (!checkpoints.isReady()) {
            return nowNanos + TICK_NANOS;
        }
        due = Math.min(due, input.dueNanos(nowNanos));
        return Math.min(due, Math.max(chain.tickDue(), ticked + TICK_NANOS));
    }

    private void tell(Runnable command) {
        mailbox.add(command);
        bell.ring();
    }

    /** Does a little work. */
    Progress step(long nowNanos) throws IOException {
        cursor.leave();
        if (cancelled) {
            close();
            return Progress.ENDED;
        }
        if (!open) {
            open(nowNanos);
            return Progress.WORKED;
        }
        for (Runnable command = mailbox.poll(); command != null; command = mailbox.poll()) {
            command.run();
        }
        boolean worked = checkpoints.sweep();
        worked |= overtake(nowNanos);
        worked |= looks.step(checkpoints.isReady());
        blocked = !chain.drained();
        if (blocked) {
            return worked ? Progress.WORKED : Progress.BLOCKED;
        }
        if (!checkpoints.isReady()) {
            return worked ? Progress.WORKED : Progress.IDLE;
        }
        if (nowNanos - ticked >= TICK_NANOS) {
            tick(nowNanos);
        }
        worked |= inHand == null ? take(nowNanos) : goOn(inHand);
        return worked ? Progress.WORKED : Progress.IDLE;
    }

    /** Ends it after {@code cause} was thrown by {@link #step}. */
    void fail(Throwable cause) {
        String vertex = cursor.vertex();
        try {
            close();
        } catch (IOException | RuntimeException | Error e) {
            // what cannot be closed may throw at each attempt what it threw at first
            if (e != cause) {
                cause.addSuppressed(e);
            }
        }
        listener.failed(id, vertex, cause);
    }

    private void open(long nowNanos) throws IOException {
        open = true;
        ticked = nowNanos;
        chain.open(restoredWatermark);
        cursor.enter(chain.head());
        input.open(nowNanos);
        listener.opened(id);
    }

    private boolean overtake(long nowNanos) throws IOException {
        if (!settings.overtakes()) {
            return false;
        }
        boolean overtook = checkpoints.overtake(nowNanos, inHand instanceof Barrier barrier ? barrier : null);
        if (overtook && inHand instanceof Barrier barrier && checkpoints.isPast(barrier)) {
            inHand = null;
        }
        return overtook;
    }

    private boolean take(long nowNanos) throws IOException {
        Recovered.Rows rows = recovered.poll();
        if (rows != null) {
            rows.link().process(rows.input(), rows.batch());
            chain.flushRowsWhenDue(nowNanos, settings.latencyNanos());
            return true;
        }
        cursor.enter(chain.head());
        Element element = input.poll(nowNanos);
        if (element == null) {
            return chain.flushRows();
        }
        if (element instanceof Batch batch) {
            chain.head().process(input.input(), batch);
            input.release(batch);
            chain.flushRowsWhenDue(nowNanos, settings.latencyNanos());
            return true;
        }
        if (element instanceof Watermark mark && mark.idle()) {
            chain.links().forEach(link -> link.broadcast(mark));
            return true;
        }
        linkInHand = 0;
        inHand = element;
        return goOn(element);
    }

    private boolean goOn(Element element) throws IOException {
        return element instanceof Watermark mark ? advance(mark) : prepare((Barrier) element);
    }

    private boolean advance(Watermark mark) throws IOException {
        for (ChainLink link = chain.link(linkInHand); link != null; link = chain.link(linkInHand)) {
            if (mark.time() > link.watermark() && !link.advance(mark.time())) {
                return true;
            }
            link.broadcast(mark);
            linkInHand++;
            if (!chain.drained()) {
                return true;
            }
        }
        inHand = null;
        if (mark.time() == Watermark.MAX) {
            listener.drained(id);
        }
        return true;
    }

    private boolean prepare(Barrier barrier) throws IOException {
        if (checkpoints.prepare(barrier)) {
            inHand = null;
        }
        return true;
    }

    private void tick(long nowNanos) throws IOException {
        ticked = nowNanos;
        if (inHand == null) {
            chain.tick(nowNanos);
        }
    }

    private void close() throws IOException {
        try (input) {
            chain.close();
        } finally {
            closed.complete(null);
            left.complete(null);
        }
    }
}
