package io.strandline.job;

import io.strandline.catalog.Branch;
import io.strandline.catalog.Cause;
import io.strandline.catalog.Change;
import io.strandline.job.RestartPolicy.Tally;
import io.strandline.job.Run.End;
import io.strandline.job.RunBook.Ending;
import io.strandline.problem.ErrorCode;
import io.strandline.problem.StrandlineException;
import io.strandline.runner.BranchRef;
import io.strandline.runner.InstanceSpec;
import io.strandline.runner.OutputMove;
import io.strandline.runner.RunningInstance;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds what should run on one branch against what does. Verbs and its own restarts take turns by {@link Claim}; what a
 * runner tells only completes futures, and {@link #settle} draws the conclusions once nobody holds a claim.
 */
final class BranchSupervisor {

    private static final Logger LOG = LoggerFactory.getLogger(BranchSupervisor.class);
    private static final Duration SECOND_THOUGHT = Duration.ofSeconds(1);

    private final BranchRef on;
    private final Crew crew;
    private final Aftermath aftermath;
    private final Turns turns;
    private final Pause pause;
    private volatile @Nullable Run run;
    private volatile boolean launching;
    private volatile boolean stopping;
    private volatile @Nullable String relaunch;
    private Tally tally = Tally.NONE;

    BranchSupervisor(BranchRef on, Crew crew) {
        this.on = on;
        this.crew = crew;
        this.aftermath = new Aftermath(on, crew);
        this.turns = new Turns(this, crew.threads().nanoTime());
        this.pause = new Pause(crew.threads());
    }

    BranchRef on() {
        return on;
    }

    Optional<RunningInstance> instance() {
        Run current = run;
        return current == null || current.over() ? Optional.empty() : current.instance();
    }

    Optional<Run> run() {
        return Optional.ofNullable(run);
    }

    boolean wanted() {
        return run != null || relaunch != null;
    }

    /** Where the branch stands. */
    JobState state(Branch branch) {
        Run current = run;
        if (stopping) {
            return JobState.STOPPING;
        }
        if (current != null) {
            return current.state();
        }
        if (relaunch != null) {
            return Launch.RECOVERY.equals(relaunch) ? JobState.STARTING : JobState.RESTARTING;
        }
        if (launching) {
            return JobState.STARTING;
        }
        if (branch.problem() != null) {
            return JobState.FAILED;
        }
        return branch.finished() ? JobState.FINISHED : JobState.STOPPED;
    }

    /** Shows the branch as STARTING from now until the claim is closed. Under a claim. */
    void expectStart() {
        launching = true;
    }

    /** Takes the branch for a verb; see {@link Turns#take}. */
    Claim claim(String verb, boolean brief) {
        return turns.take(verb, brief);
    }

    void release(Claim claim) {
        if (turns.heldBy(claim)) {
            launching = false;
        }
        turns.giveBack(claim);
        if (run == null && relaunch == null) {
            crew.instances().retract(on);
        }
        Run current = run;
        boolean due = current == null ? relaunch != null : current.over();
        if (due && !pause.pending()) {
            crew.threads().workers().execute(this::settle);
        }
    }

    Crew crew() {
        return crew;
    }

    /** Starts an instance; returns once the runner has it, or it failed at once. Under a claim. */
    Run launch(Launch launch, Cause cause, Supplier<List<Change>> also) {
        pause.cancel();
        turns.refuseWhenClosed();
        launching = true;
        tally = launch.asked() ? Tally.NONE : tally;
        try {
            InstanceSpec spec = crew.checks().prepare(on, launch);
            InstanceSpec granted =
                    crew.book().begin(spec, crew.checks().parse(spec.pipeline()).document(), launch, cause, also);
            Run started = new Run(granted, launch, crew.threads().nanoTime());
            run = started;
            relaunch = null;
            crew.launcher().start(started);
            started.ended().thenRunAsync(this::settle, crew.threads().workers());
            return started;
        } finally {
            launching = false;
        }
    }

    /** Starts an instance and waits until it runs; if it never does, nothing runs. Under a claim. */
    List<OutputMove> startAndWait(Launch launch, Cause cause, Supplier<List<Change>> also, BooleanSupplier givenUp) {
        Run started = launch(launch, cause, also);
        Optional<End> end = started.awaitStart(givenUp);
        if (end.isPresent()) {
            conclude(started);
            throw Aftermath.neverRan(end.get(), givenUp.getAsBoolean());
        }
        return started.moves();
    }

    /** Stops what runs, and forgets about restarts; {@code also} becomes true in the same step. Under a claim. */
    void stop(String because, Branch.@Nullable Desired desired, Cause cause, Supplier<List<Change>> also) {
        pause.cancel();
        Run current = run;
        if (current == null) {
            crew.book().want(on, desired, cause, also);
            relaunch = null;
            return;
        }
        stopping = true;
        try {
            boolean finished = current.cancel().join() instanceof End.Finished;
            end(current, because, new Ending(finished, null, desired), cause, also);
            forget(current);
        } finally {
            stopping = false;
        }
    }

    /** Writes down the end; when what was to become true with it is refused, the end alone. */
    private void end(Run over, String because, Ending ending, Cause cause, Supplier<List<Change>> also) {
        try {
            crew.book().end(over, because, ending, cause, also);
        } catch (StrandlineException e) {
            crew.book().end(over, because, Ending.QUIET, cause, List::of);
            forget(over);
            throw e;
        }
    }

    /** Has the next instance started as after a failure, once the claim is closed. Under a claim. */
    void resume() {
        if (run == null) {
            crew.instances().announce(on);
            relaunch = Launch.RESTART;
        }
    }

    /** Makes changes to the branch that touch nothing that runs. Under a claim. */
    void record(Cause cause, List<Change> changes) {
        crew.book().want(on, null, cause, () -> changes);
    }

    /** Shows the branch as STOPPING while {@code work} runs. */
    void whileStopping(Runnable work) {
        stopping = true;
        try {
            work.run();
        } finally {
            stopping = false;
        }
    }

    /** Draws the conclusion of an end that has come already. Under a claim. */
    void concludeIfOver() {
        Run current = run;
        if (current != null && current.over()) {
            conclude(current);
        }
    }

    /** Goes on from the head, of its own accord, because the server came up. */
    void recover() {
        crew.instances().announce(on);
        relaunch = Launch.RECOVERY;
        crew.threads().workers().execute(this::settle);
    }

    /** Takes no more claims, waits for the verb under way, and ends the instance; what is wanted stays. */
    void shutDown(Duration patience) {
        pause.cancel();
        crew.instances().retract(on);
        boolean mine = turns.closeForGood(patience);
        Run current = run;
        if (current == null) {
            return;
        }
        current.cancel().join();
        if (mine) {
            crew.book().end(current, "SHUTDOWN", Ending.QUIET, Cause.system("the server stops"), List::of);
            forget(current);
        }
    }

    /** Concludes what a runner told since, or starts what is due, unless somebody holds a claim and will settle it. */
    void settle() {
        Claim claim = turns.tryTake("supervision");
        if (claim == null) {
            return;
        }
        try (claim) {
            try {
                Run current = run;
                if (current != null && current.over()) {
                    conclude(current);
                } else if (current == null && relaunch != null && !pause.pending()) {
                    relaunch(relaunch);
                }
            } catch (RuntimeException | Error e) {
                LOG.warn("branch {} could not be settled and will be in a moment", on, e);
                // before the claim is given back, which would otherwise settle again at once
                pause.then(SECOND_THOUGHT, this::settle);
                if (e instanceof Error) {
                    throw e;
                }
            }
        }
    }

    private void conclude(Run over) {
        Aftermath.Next next = aftermath.of(over, tally, turns.closed());
        // before the run is forgotten: a branch with neither would be seen as FAILED for a moment
        relaunch = next.again() ? Launch.RESTART : null;
        forget(over);
        follow(next);
    }

    private void follow(Aftermath.Next next) {
        tally = next.tally();
        relaunch = next.again() ? Launch.RESTART : null;
        if (next.again()) {
            crew.instances().announce(on);
            pause.then(next.pause(), this::settle);
        }
    }

    private void relaunch(String because) {
        Launch next = crew.book().continuation(on, because);
        try {
            launch(next, Cause.system(because), List::of);
        } catch (StrandlineException e) {
            if (e.code() == ErrorCode.CONFLICT) {
                throw e;
            }
            if (!fallBack(next, e)) {
                follow(aftermath.ofRefusal(next, e, tally));
            }
        }
    }

    /** Goes on from the nearest intact ancestor where the pipeline allows that and the version is damaged. */
    private boolean fallBack(Launch refused, StrandlineException refusal) {
        for (Fallbacks.Step step : crew.fallbacks().after(on, refused, refusal)) {
            try {
                LOG.warn(
                        "branch {} falls back to version {}: {}",
                        on,
                        step.launch().from(),
                        refusal.getMessage());
                launch(step.launch(), Cause.system(refusal.problem().detail()), step::changes);
                return true;
            } catch (StrandlineException e) {
                LOG.warn(
                        "branch {} cannot go on from {} either: {}",
                        on,
                        step.launch().from(),
                        e.getMessage());
            }
        }
        return false;
    }

    private void forget(Run over) {
        crew.launcher().forget(over);
        run = null;
    }
}
