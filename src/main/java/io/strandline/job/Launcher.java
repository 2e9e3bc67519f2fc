package io.strandline.job;

import io.strandline.problem.ErrorCode;
import io.strandline.runner.FailureCause;
import io.strandline.runner.InstanceListener;
import io.strandline.runner.InstanceListeners;
import io.strandline.runner.InstanceSpec;
import io.strandline.runner.Instances;
import io.strandline.runner.JobRunner;
import io.strandline.runner.RunningInstance;
import io.strandline.runner.SnapshotLedgers;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Hands instances that were granted an epoch to the runner, with their ledger and everybody who listens. */
@Component
final class Launcher {

    private static final Logger LOG = LoggerFactory.getLogger(Launcher.class);

    private final JobRunner runner;
    private final SnapshotLedgers ledgers;
    private final Instances instances;
    private final List<InstanceListeners> listeners;

    Launcher(JobRunner runner, SnapshotLedgers ledgers, Instances instances, List<InstanceListeners> listeners) {
        this.runner = runner;
        this.ledgers = ledgers;
        this.instances = instances;
        this.listeners = List.copyOf(listeners);
    }

    /** Starts it; a runner that refuses is a run that failed. */
    void start(Run run) {
        InstanceSpec spec = run.spec();
        try {
            RunningInstance instance = runner.start(spec, ledgers.open(spec), audience(run));
            run.attach(instance);
            instances.register(instance);
        } catch (RuntimeException e) {
            LOG.error("job {} could not be started on {}", spec.job(), spec.on().branch(), e);
            String detail = "The runner could not start it: " + e.getMessage();
            run.failed(new FailureCause(ErrorCode.START_FAILED.wireName(), detail, null, null, true));
        }
    }

    /** Forgets an instance that is over. */
    void forget(Run run) {
        run.instance().ifPresent(instances::remove);
    }

    private InstanceListener audience(Run run) {
        List<InstanceListener> all = new ArrayList<>();
        listeners.forEach(factory -> all.add(factory.listenTo(run.spec())));
        all.add(run);
        return new Audience(all);
    }
}
