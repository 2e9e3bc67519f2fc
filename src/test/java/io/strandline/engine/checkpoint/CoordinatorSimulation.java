package io.strandline.engine.checkpoint;

import io.strandline.snapshot.SnapshotId;
import io.strandline.snapshot.SnapshotKind;
import io.strandline.storage.disk.SimulatedCrash;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Drives a coordinator through a random world in virtual time: acknowledgements are lost, delayed, reordered and doubled,
 * files cannot be written, commits are refused or lost sight of, subtasks die, and the process crashes between any two
 * effects and starts again from what the ledger holds. Checks after every effect; the seed decides everything. The idea is
 * FoundationDB's and Kafka's Raft simulation.
 */
final class CoordinatorSimulation {

    private static final long MILLI = 1_000_000;

    private final Random random;
    private final Supplier<Protocol> protocols;
    private final CheckpointSettings settings;
    private final int subtaskCount;
    private final PriorityQueue<Task> tasks =
            new PriorityQueue<>(Comparator.comparingLong(Task::at).thenComparingLong(Task::order));
    private final SimulatedOutput output = new SimulatedOutput();
    private final SimulatedLedger ledger;
    private SimulationChecks checks;
    private List<SimulatedSubtask> subtasks = List.of();
    private @Nullable Protocol protocol;
    private long now;
    private long order;
    private int commits;
    private long laneFree;
    private int life;
    private double trouble;
    int crashes;

    CoordinatorSimulation(
            long seed,
            CheckpointSettings settings,
            int subtaskCount,
            Supplier<Protocol> protocols,
            SimulatedLedger ledger) {
        this.ledger = ledger;
        this.random = new Random(seed);
        this.settings = settings;
        this.subtaskCount = subtaskCount;
        this.protocols = protocols;
        this.trouble = random.nextDouble() * 0.15;
        this.checks = new SimulationChecks(settings, subtaskCount);
    }

    /** Runs for so long, then without trouble until a last request is answered, and checks what is left. */
    int run(long millis) {
        start();
        for (long at = 5; at < millis; at += 1 + random.nextInt(120)) {
            later(at * MILLI, this::somethingHappens);
        }
        runUntil(millis * MILLI);
        trouble = 0;
        if (protocol == null) {
            start();
        }
        int before = commits;
        for (int attempt = 0; attempt < 20 && commits == before; attempt++) {
            request(SnapshotKind.MANUAL);
            runUntil(now + 2_000 * MILLI);
            if (protocol == null) {
                start();
            }
        }
        if (commits == before) {
            throw new AssertionError("nothing is committed although there is no more trouble");
        }
        runUntil(now + 30_000 * MILLI);
        if (protocol != null) {
            checks.expectAnswers();
        }
        crash();
        ledger.open();
        output.recover(head());
        for (SimulatedSubtask subtask : restored()) {
            output.check(subtask.index, ledger.positions(head()).get(subtask.index));
        }
        return commits;
    }

    private void start() {
        life++;
        laneFree = now;
        ledger.open();
        output.recover(head());
        subtasks = restored();
        checks = new SimulationChecks(settings, subtaskCount);
        protocol = protocols.get();
        tell(new CoordinatorEvent.Started());
    }

    private List<SimulatedSubtask> restored() {
        List<Long> positions = head() == 0 ? Collections.nCopies(subtaskCount, 0L) : ledger.positions(head());
        return IntStream.range(0, subtaskCount)
                .mapToObj(index -> new SimulatedSubtask(index, output, positions.get(index)))
                .toList();
    }

    private long head() {
        List<Long> committed = ledger.committed();
        return committed.isEmpty() ? 0 : committed.get(committed.size() - 1);
    }

    private void somethingHappens() {
        if (protocol == null) {
            start();
            return;
        }
        int dice = random.nextInt(100);
        if (dice < 60) {
            subtasks.forEach(subtask -> subtask.read(random.nextInt(50)));
        } else if (dice < 90) {
            request(random.nextInt(8) == 0 ? SnapshotKind.SAFETY : SnapshotKind.MANUAL);
        } else if (dice < 93) {
            request(SnapshotKind.FINAL);
        } else if (dice < 95) {
            ledger.expire();
        } else if (dice < 97 && random.nextDouble() < trouble * 3) {
            tell(new CoordinatorEvent.Halted(FailureCause.of(FailureCause.Kind.OPERATOR_FAILED, "died", null)));
            end();
        } else if (random.nextDouble() < trouble * 3) {
            crash();
        }
    }

    private void request(SnapshotKind kind) {
        CheckpointRequest request = new CheckpointRequest("r" + order++, kind, null, null);
        checks.asked(request);
        tell(new CoordinatorEvent.Requested(request));
    }

    private void runUntil(long end) {
        while (true) {
            OptionalLong deadline = protocol == null ? OptionalLong.empty() : protocol.deadline();
            Task next = tasks.peek();
            long at = Math.min(next == null ? Long.MAX_VALUE : next.at, deadline.orElse(Long.MAX_VALUE));
            if (at > end) {
                now = end;
                return;
            }
            now = Math.max(now, at);
            if (next != null && next.at <= at) {
                tasks.remove();
                if (next.life == 0 || next.life == life) {
                    live(next.work);
                }
            } else {
                tell(new CoordinatorEvent.Tick());
            }
        }
    }

    /** The power may go out in the middle. */
    private void live(Runnable work) {
        try {
            work.run();
        } catch (SimulatedCrash powerCut) {
            crash();
        }
    }

    private void tell(CoordinatorEvent event) {
        Protocol told = protocol;
        if (told == null) {
            return;
        }
        checks.told(event);
        for (CoordinatorEffect effect : told.on(event, new Moment(now, Instant.ofEpochMilli(now / MILLI)))) {
            if (random.nextDouble() < trouble * 0.02) {
                crash();
            }
            if (protocol != told) {
                return;
            }
            checks.before(effect, now, ledger.committed());
            perform(effect);
        }
    }

    private void perform(CoordinatorEffect effect) {
        if (effect instanceof CoordinatorEffect.Begin begin) {
            lane(() -> tell(
                    fails()
                            ? new CoordinatorEvent.BeginFailed(begin.ordinal(), cause())
                            : new CoordinatorEvent.Begun(begin.ordinal(), ledger.reserve())));
        } else if (effect instanceof CoordinatorEffect.SendBarriers send) {
            subtasks.forEach(subtask -> mine(random.nextInt(20), () -> barrier(subtask, send.number())));
        } else if (effect instanceof CoordinatorEffect.Cut cut) {
            lane(() -> tell(
                    fails()
                            ? new CoordinatorEvent.CutFailed(cut.number(), cause())
                            : new CoordinatorEvent.Cut(cut.number(), 1, 1)));
        } else if (effect instanceof CoordinatorEffect.Commit commit) {
            lane(() -> commit(commit.number()));
        } else if (effect instanceof CoordinatorEffect.Abort abort) {
            subtasks.forEach(subtask -> subtask.abort(abort.number()));
        } else if (effect instanceof CoordinatorEffect.CommitSinks commit) {
            mine(random.nextInt(10), () -> commitSinks(commit.number()));
        } else if (effect instanceof CoordinatorEffect.Fail || effect instanceof CoordinatorEffect.End) {
            end();
        }
    }

    private void barrier(SimulatedSubtask subtask, long number) {
        subtask.read(random.nextInt(20));
        if (!subtask.barrier(number)) {
            return;
        }
        SubtaskStatistics statistics = new SubtaskStatistics("v", subtask.index, 0, 0, 0, 0, 0, 0, 0, 0, 0);
        CoordinatorEvent ack = new CoordinatorEvent.Acknowledged(
                number, subtask.index, new SubtaskSnapshot(statistics, List.of(), Map.of()));
        if (random.nextDouble() < trouble) {
            mine(random.nextInt(50), () -> tell(new CoordinatorEvent.Declined(number, cause())));
            return;
        }
        int copies = random.nextDouble() < trouble / 4 ? 0 : random.nextInt(5) == 0 ? 2 : 1;
        for (int copy = 0; copy < copies; copy++) {
            mine(random.nextInt(random.nextInt(20) == 0 ? 900 : 60), () -> tell(ack));
        }
    }

    private void commit(long number) {
        double dice = random.nextDouble();
        if (dice < trouble / 2) {
            FailureCause.Kind kind = random.nextBoolean() ? FailureCause.Kind.STORAGE_FULL : FailureCause.Kind.FENCED;
            tell(new CoordinatorEvent.CommitEnded(
                    number, new CommitOutcome.Refused(FailureCause.of(kind, "refused", null))));
            return;
        }
        boolean known = dice >= trouble;
        if (known || random.nextBoolean()) {
            checks.committing(number, ledger.committed());
            ledger.commit(
                    number,
                    subtasks.stream().map(subtask -> subtask.position(number)).toList());
            commits++;
        }
        tell(new CoordinatorEvent.CommitEnded(
                number,
                known
                        ? new CommitOutcome.Committed(new SnapshotId(new UUID(0, number)))
                        : new CommitOutcome.Unknown("lost sight of it")));
    }

    private void commitSinks(long number) {
        if (random.nextDouble() < trouble) {
            tell(new CoordinatorEvent.SinkCommitFailed(number));
        } else {
            output.commit(number);
            tell(new CoordinatorEvent.SinksCommitted(number));
        }
    }

    /** The instance ends in order: what is on its way to the ledger gets there. */
    private void end() {
        checks.ended();
        Protocol ending = protocol;
        mine(Math.max(0, (laneFree - now) / MILLI) + 1, () -> {
            if (protocol == ending) {
                protocol = null;
                life++;
                ledger.close();
            }
        });
    }

    private void crash() {
        if (protocol != null) {
            crashes++;
            protocol = null;
            life++;
            ledger.close();
        }
    }

    private boolean fails() {
        return random.nextDouble() < trouble / 3;
    }

    private FailureCause cause() {
        return FailureCause.of(
                random.nextInt(3) == 0 ? FailureCause.Kind.STORAGE_FULL : FailureCause.Kind.WRITE_FAILED, "no", null);
    }

    private void lane(Runnable work) {
        laneFree = Math.max(laneFree, now) + (long) random.nextInt(random.nextInt(30) == 0 ? 600 : 8) * MILLI;
        add(laneFree, life, work);
    }

    private void mine(long delayMillis, Runnable work) {
        add(now + delayMillis * MILLI, life, work);
    }

    private void later(long at, Runnable work) {
        add(at, 0, work);
    }

    private void add(long at, int inLife, Runnable work) {
        tasks.add(new Task(at, order++, inLife, work));
    }

    /** Something that happens at a time, in one life of the process or (0) in any. */
    private record Task(long at, long order, int life, Runnable work) {}
}
