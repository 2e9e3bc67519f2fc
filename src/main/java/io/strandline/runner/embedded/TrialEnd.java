package io.strandline.runner.embedded;

import io.strandline.engine.JobEnd;
import io.strandline.engine.JobListener;
import io.strandline.engine.checkpoint.AttemptReport;
import io.strandline.engine.connector.OutputMove;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Keeps why a trial failed. */
final class TrialEnd implements JobListener {

    private final AtomicReference<@Nullable String> cause = new AtomicReference<>();

    /** Why it failed, if it did. */
    Optional<String> cause() {
        return Optional.ofNullable(cause.get());
    }

    @Override
    public void outputsReconciled(List<OutputMove> moves) {
        // sinks of a trial have no output
    }

    @Override
    public void running() {
        // its snapshot tells
    }

    @Override
    public void attempt(AttemptReport report) {
        // its snapshot tells
    }

    @Override
    public void ended(JobEnd end) {
        if (end instanceof JobEnd.Failed failed) {
            cause.set("it was restored, but the instance failed: "
                    + failed.cause().detail());
        }
    }
}
