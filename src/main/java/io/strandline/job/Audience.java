package io.strandline.job;

import io.strandline.runner.AttemptReport;
import io.strandline.runner.FailureCause;
import io.strandline.runner.InstanceListener;
import io.strandline.runner.OutputMove;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Passes what a runner tells on to everybody who listens, in order; one that throws does not keep the others from hearing.
 */
record Audience(List<InstanceListener> listeners) implements InstanceListener {

    private static final Logger LOG = LoggerFactory.getLogger(Audience.class);

    Audience {
        listeners = List.copyOf(listeners);
    }

    @Override
    public void running() {
        tell(InstanceListener::running);
    }

    @Override
    public void outputsReconciled(List<OutputMove> moves) {
        tell(listener -> listener.outputsReconciled(moves));
    }

    @Override
    public void attempt(AttemptReport report) {
        tell(listener -> listener.attempt(report));
    }

    @Override
    public void finished() {
        tell(InstanceListener::finished);
    }

    @Override
    public void failed(FailureCause cause) {
        tell(listener -> listener.failed(cause));
    }

    private void tell(Consumer<InstanceListener> news) {
        for (InstanceListener listener : listeners) {
            try {
                news.accept(listener);
            } catch (RuntimeException e) {
                LOG.warn(
                        "{} could not take what a runner told it",
                        listener.getClass().getName(),
                        e);
            }
        }
    }
}
