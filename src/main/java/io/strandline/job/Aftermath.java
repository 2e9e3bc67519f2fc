package io.strandline.job;

import io.strandline.catalog.Branch;
import io.strandline.catalog.Cause;
import io.strandline.catalog.ProblemNote;
import io.strandline.job.RestartPolicy.GiveUp;
import io.strandline.job.RestartPolicy.Restart;
import io.strandline.job.RestartPolicy.Tally;
import io.strandline.job.RestartPolicy.Verdict;
import io.strandline.job.Run.End;
import io.strandline.job.RunBook.Ending;
import io.strandline.pipeline.RestartSpec;
import io.strandline.problem.ErrorCode;
import io.strandline.problem.StrandlineException;
import io.strandline.runner.BranchRef;
import io.strandline.runner.FailureCause;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Draws the conclusions of how an instance ended, or why the next could not begin: writes it down and says what comes next. */
final class Aftermath {

    private static final Logger LOG = LoggerFactory.getLogger(Aftermath.class);

    private final BranchRef on;
    private final Crew crew;

    Aftermath(BranchRef on, Crew crew) {
        this.on = on;
        this.crew = crew;
    }

    /**
     * What comes next.
     *
     * @param again whether another instance is to start
     * @param pause how long to wait before that
     * @param tally the failures so far
     */
    record Next(boolean again, Duration pause, Tally tally) {

        private static Next nothing(Tally tally) {
            return new Next(false, Duration.ZERO, tally);
        }
    }

    /**
     * Concludes an instance that is over.
     *
     * @param closing whether the server stops, so that an end means nothing for what is wanted
     */
    Next of(Run over, Tally tally, boolean closing) {
        End end = over.ended().join();
        if (end instanceof End.Failed failed) {
            return failed(over, failed.cause(), tally);
        }
        if (end instanceof End.Finished) {
            crew.book().end(over, "FINISHED", Ending.FINISHED, Cause.system("the input ended"), List::of);
            return Next.nothing(tally);
        }
        return cancelled(over, tally, closing);
    }

    /** Concludes that the next instance could not even begin. */
    Next ofRefusal(Launch refused, StrandlineException refusal, Tally tally) {
        LOG.warn("branch {} cannot go on: {}", on, refusal.getMessage());
        String detail = refusal.problem().detail();
        boolean retryable = refusal.problem().retryable();
        FailureCause cause = new FailureCause(refusal.code().wireName(), detail, null, null, retryable);
        Verdict verdict = retryable
                ? policy(crew.checks().document(on, refused.pipelineVersion())).after(tally, cause, Duration.ZERO)
                : new GiveUp(new ProblemNote(cause.code(), detail));
        if (verdict instanceof GiveUp forGood) {
            String id = UUID.randomUUID().toString();
            crew.book().stillborn(on, id, refused, forGood.problem(), Cause.system("it cannot go on"));
        }
        return next(verdict, tally);
    }

    /** Why a start that somebody waits for did not come about. */
    static StrandlineException neverRan(End end, boolean givenUp) {
        if (end instanceof End.Cancelled && givenUp) {
            return new StrandlineException(ErrorCode.CANCELLED, "The start was cancelled before the job ran.");
        }
        String why = end instanceof End.Failed failed ? failed.cause().detail() : "it was stopped before it had begun.";
        return new StrandlineException(ErrorCode.START_FAILED, "The job did not come up: " + why);
    }

    /** A start that was given up leaves the branch stopped; anything else that is wanted comes up again. */
    private Next cancelled(Run over, Tally tally, boolean closing) {
        boolean givenUp = !over.hasRun() && over.launch().asked() && !closing;
        Ending ending = givenUp ? Ending.STOPPED : Ending.QUIET;
        crew.book().end(over, "CANCELLED", ending, Cause.system("it was cancelled"), List::of);
        boolean again = crew.book().branch(on).desired() == Branch.Desired.RUNNING;
        return new Next(again, Duration.ZERO, tally);
    }

    private Next failed(Run over, FailureCause cause, Tally tally) {
        LOG.warn(
                "instance {} of job {} failed: {}",
                over.spec().instanceId(),
                over.spec().job(),
                cause);
        ProblemNote note = new ProblemNote(cause.code(), cause.detail());
        Verdict verdict = !over.hasRun() && over.launch().asked()
                ? new GiveUp(note)
                : policy(over.spec().pipeline()).after(tally, cause, over.ranFor());
        Ending ending = verdict instanceof GiveUp forGood ? Ending.failed(forGood.problem()) : Ending.restarting(note);
        crew.book().end(over, "FAILED", ending, Cause.system("the instance failed"), List::of);
        return next(verdict, tally);
    }

    private static Next next(Verdict verdict, Tally before) {
        return verdict instanceof Restart restart
                ? new Next(true, restart.pause(), restart.tally())
                : Next.nothing(before);
    }

    private RestartPolicy policy(String document) {
        RestartSpec spec = crew.checks().parse(document).document().restart();
        return new RestartPolicy(spec, crew.threads().jitter());
    }
}
