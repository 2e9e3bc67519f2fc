package io.strandline.engine.task;

import io.strandline.engine.chain.Rejects;
import io.strandline.engine.channel.InFlight;
import io.strandline.engine.element.Barrier;
import io.strandline.engine.element.Batch;
import io.strandline.engine.element.Doorbell;
import io.strandline.engine.element.Element;
import io.strandline.engine.element.Watermark;
import io.strandline.engine.graph.Vertex.SourceVertex;
import io.strandline.snapshot.SnapshotContent;
import io.strandline.snapshot.SourcePosition;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Elements are made here: rows read from the subtask's splits in turn, watermarks that follow from them, and barriers. */
final class SourceInput implements Input {

    private final SourceVertex vertex;
    private final int subtask;
    private final TaskSettings settings;
    private final List<Split> splits = new ArrayList<>();
    private final Rejects rejects;
    private final Batch batch;
    private final long restoredWatermark;
    private final Doorbell bell;
    private @Nullable RateLimit rate;
    private @Nullable Barrier barrier;
    private int next;
    private long watermark = Watermark.NONE;
    private long watermarkNanos;
    private long barrierNanos;
    private boolean idle;
    private boolean rowsWaiting;
    private boolean paused;
    private boolean drained;
    private boolean endSent;

    /** @param bell rung by readers that have rows again */
    SourceInput(
            SourceVertex vertex,
            int subtask,
            TaskSettings settings,
            long restoredWatermark,
            Doorbell bell,
            Rejects rejects) {
        this.rejects = rejects;
        this.vertex = vertex;
        this.subtask = subtask;
        this.settings = settings;
        this.restoredWatermark = restoredWatermark;
        this.bell = bell;
        this.batch = new Batch(vertex.source().type(), settings.batchSize());
    }

    @Override
    public void open(long nowNanos) throws IOException {
        watermarkNanos = nowNanos;
        List<String> all = vertex.source().splits();
        for (int split = subtask; split < all.size(); split += vertex.parallelism()) {
            splits.add(open(all.get(split), nowNanos));
        }
        if (vertex.rate() != null && !splits.isEmpty()) {
            rate = new RateLimit(
                    (double) vertex.rate() * splits.size() / all.size(), settings.latencyNanos() / 2, nowNanos);
        }
    }

    @Override
    public @Nullable Element poll(long nowNanos) throws IOException {
        if (rowsWaiting) {
            rowsWaiting = false;
            return batch;
        }
        if (barrier != null) {
            Barrier sent = barrier;
            barrier = null;
            return sent;
        }
        if (paused || endSent) {
            return null;
        }
        if (drained || allEnded()) {
            return end();
        }
        Element mark = nextWatermark(nowNanos, settings.latencyNanos());
        if (mark != null) {
            return mark;
        }
        if (read(nowNanos)) {
            return rows();
        }
        return allEnded() ? end() : nextWatermark(nowNanos, 0);
    }

    @Override
    public long dueNanos(long nowNanos) {
        if (rowsWaiting || barrier != null) {
            return nowNanos;
        }
        if (paused || endSent) {
            return Long.MAX_VALUE;
        }
        if (drained || allEnded()) {
            return nowNanos;
        }
        long due = Long.MAX_VALUE;
        for (Split split : splits) {
            due = Math.min(due, split.ended() ? Long.MAX_VALUE : split.dueNanos(nowNanos));
        }
        return rate == null ? due : Math.max(due, rate.dueNanos());
    }

    @Override
    public int input() {
        return 0;
    }

    @Override
    public void release(Batch read) {
        // the one batch is filled anew each time
    }

    @Override
    public void abort(long number) {
        if (barrier != null && barrier.number() <= number) {
            barrier = null;
        }
    }

    @Override
    public long firstSeen(Barrier sent) {
        return barrierNanos;
    }

    @Override
    public long alignedBytes() {
        return 0;
    }

    @Override
    public @Nullable Barrier overtaking(long nowNanos) {
        return barrier != null && barrier.overtakes(nowNanos) ? barrier : null;
    }

    @Override
    public long overtakesAt() {
        return barrier == null || barrier.patienceNanos() == Barrier.PATIENT ? Long.MAX_VALUE : barrier.overtakesAt();
    }

    @Override
    public @Nullable Batch pending() {
        if (!rowsWaiting) {
            return null;
        }
        rowsWaiting = false;
        return batch;
    }

    @Override
    public void overtake(Barrier sent, long nowNanos, InFlight into) {
        barrier = null;
    }

    @Override
    public boolean collect(InFlight into) {
        return true;
    }

    @Override
    public List<SourcePosition> positions() {
        return splits.stream().map(split -> split.position(vertex.name())).toList();
    }

    @Override
    public void trigger(Barrier sent, boolean pause) {
        barrier = sent;
        barrierNanos = settings.clock().getAsLong();
        paused = pause;
    }

    @Override
    public void resume() {
        paused = false;
    }

    @Override
    public void drain() {
        drained = true;
    }

    @Override
    public void close() throws IOException {
        for (Split split : splits) {
            split.close();
        }
    }

    private Split open(String name, long nowNanos) throws IOException {
        SnapshotContent restored = settings.restored();
        Optional<SourcePosition> position = restored == null
                ? Optional.empty()
                : restored.sources().stream()
                        .filter(at ->
                                at.source().equals(vertex.name()) && at.split().equals(name))
                        .findFirst();
        return new Split(
                name,
                vertex.source().open(name, position.map(SourcePosition::offset).orElse(0L)),
                vertex.eventTime(),
                position.map(SourcePosition::maxTimestamp).orElse(Watermark.NONE),
                bell,
                nowNanos);
    }

    private Watermark end() {
        endSent = true;
        return Watermark.END;
    }

    private boolean allEnded() {
        for (Split split : splits) {
            if (!split.ended()) {
                return false;
            }
        }
        return true;
    }

    /** Reads from the next split that has rows. */
    private boolean read(long nowNanos) throws IOException {
        int permits = rate == null ? settings.batchSize() : Math.min(settings.batchSize(), rate.permits(nowNanos));
        batch.clear();
        for (int tried = 0; tried < splits.size() && permits > 0; tried++) {
            Split split = splits.get(next);
            next = (next + 1) % splits.size();
            if (!split.ended() && split.read(batch, permits, nowNanos, rejects)) {
                if (rate != null) {
                    rate.used(batch.size());
                }
                return true;
            }
        }
        return false;
    }

    /** The rows that were read, behind a sign of life when the source was idle. */
    private Element rows() {
        if (!idle || vertex.eventTime() == null) {
            return batch;
        }
        idle = false;
        rowsWaiting = true;
        return Watermark.of(watermark);
    }

    /** Says once that there is none to wait for, or streams that it is united with would never get on. */
    private @Nullable Watermark withoutEventTime() {
        boolean told = idle;
        idle = true;
        return told ? null : new Watermark(Math.max(watermark, restoredWatermark), true);
    }

    /** A watermark when there is a new one and the last is at least {@code pause} ago. */
    private @Nullable Watermark nextWatermark(long nowNanos, long pause) {
        if (vertex.eventTime() == null) {
            return withoutEventTime();
        }
        if (nowNanos - watermarkNanos < pause) {
            return null;
        }
        watermarkNanos = nowNanos;
        long least = Watermark.MAX;
        for (Split split : splits) {
            if (!split.ended() && !split.idle(nowNanos)) {
                least = Math.min(least, split.watermark());
            }
        }
        if (least == Watermark.MAX) {
            boolean wasIdle = idle;
            idle = true;
            return wasIdle ? null : new Watermark(Math.max(watermark, restoredWatermark), true);
        }
        least = Math.max(least, restoredWatermark);
        if (least <= watermark) {
            return null;
        }
        watermark = least;
        return Watermark.of(least);
    }
}
