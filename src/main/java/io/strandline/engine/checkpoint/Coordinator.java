package io.strandline.engine.checkpoint;

import io.strandline.engine.checkpoint.AttemptReport.Phase;
import io.strandline.engine.checkpoint.AttemptReport.State;
import io.strandline.engine.checkpoint.CheckpointOutcome.Declined.Reason;
import io.strandline.snapshot.SnapshotKind;
import io.strandline.snapshot.SnapshotMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Takes an instance's snapshots: a pure state machine, events and a moment in, effects out. No clock, thread or I/O of its
 * own, so a simulator can drive it through any order of events.
 *
 * <p>One attempt at a time goes through {@link Phase#BEGIN}, {@link Phase#FLUSH}, {@link Phase#CUT} and {@link Phase#COMMIT}.
 * Up to the last it may time out or be aborted; once the commit is sent only the ledger's answer ends it.
 */
public final class Coordinator {

    private final CheckpointSettings settings;
    private final int subtasks;
    private final RequestQueue queue;
    private final SinkCommits sinks = new SinkCommits();
    private List<CoordinatorEffect> effects = new ArrayList<>();
    private @Nullable Attempt attempt;
    private boolean running;
    private boolean closed;
    private boolean complete;
    private boolean ended;
    private long ordinals;
    private int failuresInARow;

    /** For an instance of so many subtasks. */
    public Coordinator(CheckpointSettings settings, int subtasks) {
        this.settings = settings;
        this.subtasks = subtasks;
        this.queue = new RequestQueue(settings);
    }

    /** Takes an event in; what is to be done comes out, in order. */
    List<CoordinatorEffect> on(CoordinatorEvent event, Moment now) {
        effects = new ArrayList<>();
        handle(event, now);
        expire(now);
        begin(now);
        sinks.next(now).ifPresent(effects::add);
        end();
        return effects;
    }

    /** When it wants to be told the time at the latest, monotonic nanoseconds. */
    OptionalLong deadline() {
        OptionalLong next = sinks.deadline();
        if (attempt != null) {
            return attempt.phase() == Phase.COMMIT ? next : earlier(next, OptionalLong.of(timeoutAt(attempt)));
        }
        return running && !closed ? earlier(next, queue.deadline()) : next;
    }

    private void handle(CoordinatorEvent event, Moment now) {
        if (event instanceof CoordinatorEvent.Started) {
            running = true;
            queue.started(now);
        } else if (event instanceof CoordinatorEvent.Requested requested) {
            requested(requested.request(), now);
        } else if (event instanceof CoordinatorEvent.InputEnded) {
            queue.inputEnded(now);
        } else if (event instanceof CoordinatorEvent.Restored restored) {
            sinks.want(restored.number(), now);
        } else if (event instanceof CoordinatorEvent.SinksCommitted committed) {
            sinks.done(committed.number());
        } else if (event instanceof CoordinatorEvent.SinkCommitFailed) {
            sinks.failed(now);
        } else if (event instanceof CoordinatorEvent.Halted halted) {
            halted(halted.cause(), now);
        } else {
            onAttempt(event, now);
        }
    }

    private void onAttempt(CoordinatorEvent event, Moment now) {
        if (event instanceof CoordinatorEvent.Begun begun) {
            begun(begun, now);
        } else if (event instanceof CoordinatorEvent.BeginFailed failed) {
            if (attempt != null && attempt.ordinal() == failed.ordinal()) {
                fail(attempt, failed.cause(), now);
            }
        } else if (event instanceof CoordinatorEvent.Acknowledged acknowledged) {
            acknowledged(acknowledged, now);
        } else if (event instanceof CoordinatorEvent.Declined declined) {
            failIf(declined.number(), Phase.FLUSH, declined.cause(), now);
        } else if (event instanceof CoordinatorEvent.Cut cut) {
            cut(cut, now);
        } else if (event instanceof CoordinatorEvent.CutFailed failed) {
            failIf(failed.number(), Phase.CUT, failed.cause(), now);
        } else if (event instanceof CoordinatorEvent.CommitEnded commit) {
            committed(commit, now);
        }
    }

    private void requested(CheckpointRequest request, Moment now) {
        if (closed) {
            answer(request, new CheckpointOutcome.Declined(Reason.ENDING));
        } else if (!queue.ask(request, now)) {
            answer(request, new CheckpointOutcome.Declined(Reason.QUEUE_FULL));
        }
    }

    private void begin(Moment now) {
        if (!running || closed || attempt != null) {
            return;
        }
        Request next = queue.take(now);
        if (next == null) {
            return;
        }
        SnapshotMode mode =
                next.asked().mode() == null ? settings.mode() : next.asked().mode();
        attempt = new Attempt(++ordinals, next, mode, now);
        effects.add(new CoordinatorEffect.Begin(ordinals, mode));
    }

    private void begun(CoordinatorEvent.Begun event, Moment now) {
        if (attempt == null || attempt.ordinal() != event.ordinal() || attempt.phase() != Phase.BEGIN) {
            effects.add(new CoordinatorEffect.Abort(event.number()));
            return;
        }
        attempt.number(event.number());
        attempt.enter(Phase.FLUSH, now);
        report(attempt, State.RUNNING, now, null);
        boolean last = attempt.request().asked().kind() == SnapshotKind.FINAL;
        effects.add(new CoordinatorEffect.SendBarriers(event.number(), last));
    }

    private void acknowledged(CoordinatorEvent.Acknowledged event, Moment now) {
        if (attempt == null || !attempt.is(event.number(), Phase.FLUSH)) {
            return;
        }
        attempt.acknowledge(event.subtask(), event.snapshot());
        if (attempt.acknowledgements() == subtasks) {
            attempt.enter(Phase.CUT, now);
            effects.add(new CoordinatorEffect.Cut(event.number()));
        }
    }

    private void cut(CoordinatorEvent.Cut event, Moment now) {
        if (attempt == null || !attempt.is(event.number(), Phase.CUT)) {
            return;
        }
        attempt.bytes(event.newBytes(), event.totalBytes());
        attempt.enter(Phase.COMMIT, now);
        report(attempt, State.RUNNING, now, null);
        effects.add(new CoordinatorEffect.Commit(
                event.number(),
                attempt.mode(),
                attempt.request().asked(),
                attempt.started().instant(),
                attempt.snapshots()));
    }

    private void committed(CoordinatorEvent.CommitEnded event, Moment now) {
        if (attempt == null || !attempt.is(event.number(), Phase.COMMIT)) {
            return;
        }
        Attempt over = attempt;
        if (event.outcome() instanceof CommitOutcome.Committed committed) {
            completed(over, committed, now);
        } else if (event.outcome() instanceof CommitOutcome.Refused refused) {
            fail(over, refused.cause(), now);
            if (refused.cause().kind() == FailureCause.Kind.FENCED) {
                failInstance(refused.cause(), now);
            }
        } else if (event.outcome() instanceof CommitOutcome.Unknown unknown) {
            over.leave(now);
            attempt = null;
            FailureCause cause = FailureCause.of(FailureCause.Kind.COMMIT_UNKNOWN, unknown.detail(), null);
            report(over, State.FAILED, now, cause);
            answer(over.request().asked(), new CheckpointOutcome.Unknown(over.number(), unknown.detail()));
            failInstance(cause, now);
        }
    }

    private void completed(Attempt over, CommitOutcome.Committed committed, Moment now) {
        over.leave(now);
        attempt = null;
        failuresInARow = 0;
        queue.attemptEnded(now);
        report(over, State.COMPLETED, now, null);
        sinks.want(over.number(), now);
        answer(over.request().asked(), new CheckpointOutcome.Completed(committed.id(), over.number()));
        if (over.request().asked().kind() == SnapshotKind.FINAL && !closed) {
            complete = true;
            close();
        }
    }

    private void expire(Moment now) {
        if (attempt != null && attempt.phase() != Phase.COMMIT && now.nanos() - timeoutAt(attempt) >= 0) {
            fail(
                    attempt,
                    FailureCause.of(
                            FailureCause.Kind.CHECKPOINT_TIMEOUT,
                            "the checkpoint was not complete after %s: %d of %d subtasks had acknowledged, phase %s"
                                    .formatted(timeout(attempt), attempt.acknowledgements(), subtasks, attempt.phase()),
                            null),
                    now);
        }
    }

    private void failIf(long number, Phase phase, FailureCause cause, Moment now) {
        if (attempt != null && attempt.is(number, phase)) {
            fail(attempt, cause, now);
        }
    }

    /** An attempt has failed: its request is tried again or has failed, too. */
    private void fail(Attempt over, FailureCause cause, Moment now) {
        giveUp(over, State.FAILED, cause, now);
        Request request = over.request();
        if (!closed && queue.again(request, cause, now)) {
            return;
        }
        answer(request.asked(), new CheckpointOutcome.Failed(over.number(), cause));
        if (closed) {
            return;
        }
        queue.failed(request, now);
        if (request.asked().kind() == SnapshotKind.FINAL && !queue.hasInputEnded()) {
            effects.add(new CoordinatorEffect.ResumeSources());
        }
        if (!cause.harmless() && ++failuresInARow > settings.tolerableFailures()) {
            failInstance(
                    FailureCause.of(
                            FailureCause.Kind.TOO_MANY_FAILED_CHECKPOINTS,
                            "%d checkpoints failed in a row, the last because %s"
                                    .formatted(failuresInARow, cause.detail()),
                            cause.cause()),
                    now);
        }
    }

    private void giveUp(Attempt over, State state, FailureCause cause, Moment now) {
        over.leave(now);
        attempt = null;
        queue.attemptEnded(now);
        if (over.number() != 0) {
            effects.add(new CoordinatorEffect.Abort(over.number()));
        }
        report(over, state, now, cause);
    }

    private void failInstance(FailureCause cause, Moment now) {
        if (!ended) {
            ended = true;
            halted(cause, now);
            effects.add(new CoordinatorEffect.Fail(cause));
        }
    }

    private void halted(FailureCause cause, Moment now) {
        ended = true;
        Attempt over = attempt;
        if (over != null && over.phase() != Phase.COMMIT) {
            giveUp(over, State.ABORTED, cause, now);
            answer(over.request().asked(), new CheckpointOutcome.Failed(over.number(), cause));
        }
        close();
    }

    private void close() {
        closed = true;
        queue.close().forEach(waiting -> answer(waiting.asked(), new CheckpointOutcome.Declined(Reason.ENDING)));
    }

    private void end() {
        if (complete && !ended && !sinks.pending()) {
            ended = true;
            effects.add(new CoordinatorEffect.End(queue.hasInputEnded()));
        }
    }

    private void answer(CheckpointRequest request, CheckpointOutcome outcome) {
        effects.add(new CoordinatorEffect.Answer(request, outcome));
    }

    private void report(Attempt of, State state, Moment now, @Nullable FailureCause failure) {
        effects.add(new CoordinatorEffect.Report(of.report(state, now, failure)));
    }

    private long timeoutAt(Attempt of) {
        return of.started().nanos() + timeout(of).toNanos();
    }

    private Duration timeout(Attempt of) {
        Duration own = of.request().asked().timeout();
        return own == null ? settings.timeout() : own;
    }

    private static OptionalLong earlier(OptionalLong one, OptionalLong other) {
        if (one.isEmpty() || other.isEmpty()) {
            return one.isEmpty() ? other : one;
        }
        return one.getAsLong() - other.getAsLong() <= 0 ? one : other;
    }
}
