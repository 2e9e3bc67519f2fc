package io.strandline.engine.checkpoint;

import io.strandline.snapshot.SnapshotKind;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What has to hold in every life of an instance, whatever happens. */
final class SimulationChecks {

    private final CheckpointSettings settings;
    private final int subtasks;
    private final Map<Long, Set<Integer>> acknowledged = new HashMap<>();
    private final Set<Long> aborted = new HashSet<>();
    private final Set<Long> sentToLedger = new HashSet<>();
    private final Set<Long> refused = new HashSet<>();
    private final Map<CheckpointRequest, Integer> answers = new HashMap<>();
    private final TreeSet<Long> begun = new TreeSet<>();
    private boolean attemptOpen;
    private boolean beginning;
    private long lastEnd = Long.MIN_VALUE;
    private long sinksWanted;
    private long sinksDone;
    private int failuresInARow;
    private boolean failExpected;
    private boolean ended;

    SimulationChecks(CheckpointSettings settings, int subtasks) {
        this.settings = settings;
        this.subtasks = subtasks;
    }

    void asked(CheckpointRequest request) {
        answers.put(request, 0);
    }

    void told(CoordinatorEvent event) {
        check(!failExpected || ended, "the instance runs on after %d failures in a row", failuresInARow);
        if (event instanceof CoordinatorEvent.Acknowledged ack) {
            acknowledged.computeIfAbsent(ack.number(), any -> new HashSet<>()).add(ack.subtask());
        } else if (event instanceof CoordinatorEvent.Begun begin) {
            check(begun.add(begin.number()), "number %d twice", begin.number());
        } else if (event instanceof CoordinatorEvent.SinksCommitted sinks) {
            sinksDone = sinks.number();
        } else if (event instanceof CoordinatorEvent.CommitEnded end
                && end.outcome() instanceof CommitOutcome.Refused) {
            refused.add(end.number());
        }
    }

    void before(CoordinatorEffect effect, long now, List<Long> committed) {
        if (effect instanceof CoordinatorEffect.Begin) {
            check(!attemptOpen && !beginning, "two attempts at once");
            check(!ended, "an attempt begins after the end");
            beginning = true;
        } else if (effect instanceof CoordinatorEffect.Commit commit) {
            check(!aborted.contains(commit.number()), "attempt %d commits after it was aborted", commit.number());
            check(
                    acknowledged.getOrDefault(commit.number(), Set.of()).size() == subtasks,
                    "attempt %d commits with %s of %d",
                    commit.number(),
                    acknowledged.get(commit.number()),
                    subtasks);
            check(sentToLedger.add(commit.number()), "attempt %d is sent twice", commit.number());
        } else if (effect instanceof CoordinatorEffect.Abort abort) {
            check(
                    !sentToLedger.contains(abort.number()) || refused.contains(abort.number()),
                    "attempt %d is aborted although it was sent",
                    abort.number());
            aborted.add(abort.number());
        } else if (effect instanceof CoordinatorEffect.CommitSinks sinks) {
            check(committed.contains(sinks.number()), "sinks commit %d, which is no version", sinks.number());
            sinksWanted = sinks.number();
        } else if (effect instanceof CoordinatorEffect.Answer answer) {
            answered(answer);
        } else if (effect instanceof CoordinatorEffect.Report report) {
            reported(report.report(), now);
        } else if (effect instanceof CoordinatorEffect.End) {
            check(sinksDone == sinksWanted && !committed.isEmpty(), "the end before sinks have committed");
        } else if (effect instanceof CoordinatorEffect.Fail fail
                && fail.cause().kind() == FailureCause.Kind.TOO_MANY_FAILED_CHECKPOINTS) {
            check(failExpected, "the instance fails after %d failures in a row", failuresInARow);
        }
    }

    void committing(long number, List<Long> committed) {
        check(!aborted.contains(number), "aborted attempt %d becomes a version", number);
        check(
                committed.isEmpty() || committed.get(committed.size() - 1) < number,
                "version %d after %s",
                number,
                committed);
    }

    void ended() {
        ended = true;
    }

    /** Nobody who asked is still waiting. */
    void expectAnswers() {
        answers.forEach((request, count) -> check(count == 1, "%s has %d answers", request, count));
    }

    private void answered(CoordinatorEffect.Answer answer) {
        if (!answer.request().requestId().isEmpty()) {
            int before = answers.getOrDefault(answer.request(), -1);
            check(before == 0, "%s was answered %d times before", answer.request(), before);
            answers.put(answer.request(), 1);
        }
        if (answer.outcome() instanceof CheckpointOutcome.Completed) {
            failuresInARow = 0;
        } else if (answer.outcome() instanceof CheckpointOutcome.Failed failed
                && !failed.cause().harmless()
                && failed.cause().kind() != FailureCause.Kind.OPERATOR_FAILED
                && !ended) {
            failExpected |= ++failuresInARow > settings.tolerableFailures();
        }
    }

    private void reported(AttemptReport report, long now) {
        if (report.state() == AttemptReport.State.RUNNING) {
            attemptOpen = true;
            beginning = false;
            if (report.kind() == SnapshotKind.PERIODIC && report.phaseNanos().size() == 1) {
                long begin = now - report.phaseNanos().get(AttemptReport.Phase.BEGIN);
                check(
                        lastEnd == Long.MIN_VALUE
                                || begin - lastEnd >= settings.minPause().toNanos()
                                || retried(),
                        "a periodic attempt after a pause of %d",
                        begin - lastEnd);
            }
            return;
        }
        attemptOpen = false;
        beginning = false;
        lastEnd = now;
    }

    private boolean retried() {
        return settings.retry().attempts() > 1;
    }

    private static void check(boolean holds, String message, Object... values) {
        if (!holds) {
            throw new AssertionError(message.formatted(values));
        }
    }
}
