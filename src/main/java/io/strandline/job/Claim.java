package io.strandline.job;

import io.strandline.catalog.Branch;
import io.strandline.catalog.Cause;
import io.strandline.catalog.Change;
import io.strandline.problem.Blocker;
import io.strandline.problem.StrandlineException;
import io.strandline.runner.BranchRef;
import io.strandline.runner.OutputMove;
import io.strandline.runner.RunningInstance;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The right of one verb to change what runs on a branch; nobody else starts, stops or restarts anything there until it is
 * closed. Closing twice does no harm.
 */
public final class Claim implements AutoCloseable {

    private final BranchSupervisor supervisor;
    private final String verb;
    private volatile @Nullable String operationId;
    private volatile BooleanSupplier abandoned = () -> false;
    private volatile BooleanSupplier givenUp = () -> false;

    Claim(BranchSupervisor supervisor, String verb) {
        this.supervisor = supervisor;
        this.verb = verb;
    }

    /**
     * Says which operation it is held for.
     *
     * @param over whether that operation has ended, so that a claim left behind can be taken
     */
    public void heldFor(String operation, BooleanSupplier over) {
        operationId = operation;
        abandoned = over;
    }

    /** Says when a start that is waited for is to be given up. */
    public void giveUpWhen(BooleanSupplier cancelled) {
        givenUp = cancelled;
    }

    /** The branch. */
    public BranchRef on() {
        return supervisor.on();
    }

    /** The instance that runs there. */
    public Optional<RunningInstance> instance() {
        return supervisor.instance();
    }

    /** What runs there or is to, as what stands in the way of whoever wants it stopped; empty when nothing does. */
    public Optional<Blocker> running(String job) {
        if (!wanted()) {
            return Optional.empty();
        }
        String stop = stopHref(job, on().branch());
        return Optional.of(instance()
                .map(instance -> instance.spec().instanceId())
                .map(id -> new Blocker("instance", id, "it runs", null, stop))
                .orElse(new Blocker("branch", on().branch(), "it is to run", null, stop)));
    }

    /** The path of the call that stops a branch. */
    static String stopHref(String job, String branch) {
        return "/api/v1/jobs/" + job + "/stop" + (branch.equals(Branch.MAIN) ? "" : "?branch=" + branch);
    }

    /** Whether the branch is meant to run: an instance does, or the next is on its way. */
    public boolean wanted() {
        return supervisor.wanted();
    }

    /** How what runs there, or ran last, would go on from where it is. */
    public Launch continuation(String because) {
        return supervisor.crew().book().continuation(supervisor.on(), because);
    }

    /** Refuses what could not start, before anything is touched. */
    public void check(Launch launch) {
        supervisor.crew().checks().prepare(supervisor.on(), launch);
    }

    /** The same for a branch that is not started now: nobody has to say yet where a fork's sinks write. */
    public void checkAtRest(Launch launch) {
        supervisor.crew().checks().checkAtRest(supervisor.on(), launch);
    }

    /**
     * Stops what runs there, without a snapshot. What {@code also} says, asked once nothing runs any more, becomes true in
     * the same step.
     *
     * @param because why, e.g. {@code RESTORE}
     * @param desired what is wanted of the branch from now on, null to leave it
     */
    public void stop(String because, Branch.@Nullable Desired desired, Cause cause, Supplier<List<Change>> also) {
        supervisor.stop(because, desired, cause, also);
    }

    /**
     * Starts an instance and waits until it reads records; what {@code also} says becomes true as it is granted its epoch.
     *
     * @return output files its sinks took back or brought back
     * @throws StrandlineException what was found before anything was touched, or {@code start-failed} with the cause; then
     *     nothing runs
     */
    public List<OutputMove> start(Launch launch, Cause cause, Supplier<List<Change>> also) {
        return supervisor.startAndWait(launch, cause, also, givenUp);
    }

    /** Has the branch brought up again as after a failure, once this is closed. */
    public void resume() {
        supervisor.resume();
    }

    String verb() {
        return verb;
    }

    Optional<String> operationId() {
        return Optional.ofNullable(operationId);
    }

    BooleanSupplier givenUp() {
        return givenUp;
    }

    boolean abandoned() {
        return abandoned.getAsBoolean();
    }

    BranchSupervisor supervisor() {
        return supervisor;
    }

    @Override
    public void close() {
        supervisor.release(this);
    }
}
