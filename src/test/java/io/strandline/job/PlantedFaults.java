package io.strandline.job;

import io.strandline.runner.AttemptReport;
import io.strandline.runner.CompatibilityReport;
import io.strandline.runner.FailureCause;
import io.strandline.runner.InstanceListener;
import io.strandline.runner.InstanceSpec;
import io.strandline.runner.JobRunner;
import io.strandline.runner.OutputMove;
import io.strandline.runner.RunningInstance;
import io.strandline.runner.SnapshotLedger;
import io.strandline.runner.StartObstacle;
import io.strandline.snapshot.Manifest;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.annotation.Bean;

/** Lets tests make the real runner refuse to start, break what runs, and keep what starts from running. */
public final class PlantedFaults {

    private final AtomicInteger refusals = new AtomicInteger();
    private final AtomicInteger errors = new AtomicInteger();
    private final Map<String, Started> started = new ConcurrentHashMap<>();
    private volatile boolean holdingBack;

    /** An instance and who listens to it. */
    private record Started(RunningInstance instance, InstanceListener listener) {}

    @Bean
    static BeanPostProcessor plantFaults(PlantedFaults faults) {
        return new BeanPostProcessor() {
            @Override
            public Object postProcessAfterInitialization(Object bean, String name) {
                return name.equals("embeddedRunner") ? faults.new FaultyRunner((JobRunner) bean) : bean;
            }
        };
    }

    /** The next {@code times} starts are refused. */
    public void refuseStarts(int times) {
        refusals.set(times);
    }

    /** The next {@code times} looks at what is to start end as when a class is missing. */
    public void failChecks(int times) {
        errors.set(times);
    }

    /** Nothing that starts from now on is told to run, until it is told otherwise. */
    public void holdBack(boolean hold) {
        holdingBack = hold;
    }

    /** Breaks what runs of a job. */
    public void breakJob(String job) {
        Started broken = started.get(job);
        broken.instance().cancel().join();
        broken.listener().failed(new FailureCause("operator-failed", "planted", "by-key", 0, true));
    }

    /** The real runner, with faults. */
    private final class FaultyRunner implements JobRunner {

        private final JobRunner real;

        private FaultyRunner(JobRunner real) {
            this.real = real;
        }

        @Override
        public String name() {
            return real.name();
        }

        @Override
        public List<StartObstacle> check(InstanceSpec spec) {
            if (errors.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                throw new NoClassDefFoundError("planted");
            }
            return real.check(spec);
        }

        @Override
        public CompatibilityReport compatibility(Manifest version, String pipeline) {
            return real.compatibility(version, pipeline);
        }

        @Override
        public RunningInstance start(InstanceSpec spec, SnapshotLedger ledger, InstanceListener listener) {
            if (refusals.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                throw new IllegalStateException("planted refusal");
            }
            RunningInstance instance = real.start(spec, ledger, new HoldingListener(listener));
            started.put(spec.job(), new Started(instance, listener));
            return instance;
        }

        @Override
        public void close() {
            real.close();
        }
    }

    /** Passes everything on, {@code running} only unless it is held back. */
    private final class HoldingListener implements InstanceListener {

        private final InstanceListener listener;

        private HoldingListener(InstanceListener listener) {
            this.listener = listener;
        }

        @Override
        public void running() {
            if (!holdingBack) {
                listener.running();
            }
        }

        @Override
        public void outputsReconciled(List<OutputMove> moves) {
            listener.outputsReconciled(moves);
        }

        @Override
        public void attempt(AttemptReport report) {
            listener.attempt(report);
        }

        @Override
        public void finished() {
            listener.finished();
        }

        @Override
        public void failed(FailureCause cause) {
            listener.failed(cause);
        }
    }
}
