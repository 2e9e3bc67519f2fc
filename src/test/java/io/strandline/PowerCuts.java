package io.strandline;

import io.strandline.catalog.Cause;
import io.strandline.catalog.Change;
import io.strandline.catalog.Ledger;
import io.strandline.catalog.OperationChange.OperationAccepted;
import io.strandline.problem.ErrorCode;
import io.strandline.problem.StrandlineException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.annotation.Bean;

/**
 * Lets tests cut the power for a job: after so many more entries about it the journal takes none, as if the process had
 * died there. Whatever the server still tries is in vain; closing it and opening the directory again is the restart.
 */
public final class PowerCuts {

    private final Map<String, Integer> left = new ConcurrentHashMap<>();
    private final Map<String, String> jobOf = new ConcurrentHashMap<>();

    @Bean
    static BeanPostProcessor cutLedger(PowerCuts cuts) {
        return new BeanPostProcessor() {
            @Override
            public Object postProcessAfterInitialization(Object bean, String name) {
                return name.equals("ledger") ? cuts.new CutLedger((Ledger) bean) : bean;
            }
        };
    }

    /** The journal takes so many more entries about a job. */
    public void after(int entries, String jobId) {
        left.put(jobId, entries);
    }

    private synchronized void spend(@Nullable String jobId) {
        Integer more = jobId == null ? null : left.get(jobId);
        if (more != null && more == 0) {
            throw new StrandlineException(ErrorCode.READ_ONLY, "the power is cut");
        }
        if (more != null) {
            left.put(jobId, more - 1);
        }
    }

    private @Nullable String jobOf(Ledger.Scope scope, List<Change> changes) {
        for (Change change : changes) {
            if (change instanceof OperationAccepted accepted && accepted.jobId() != null) {
                jobOf.put(accepted.id(), accepted.jobId());
            }
        }
        if (scope instanceof Ledger.Scope.OfJob job) {
            return job.jobId();
        }
        return scope instanceof Ledger.Scope.OfOperation operation ? jobOf.get(operation.id()) : null;
    }

    /** The real ledger, until the power is cut. */
    private final class CutLedger implements Ledger {

        private final Ledger real;

        private CutLedger(Ledger real) {
            this.real = real;
        }

        @Override
        public <T> T change(Scope scope, Cause cause, Decision<T> decision) {
            return real.change(scope, cause, into -> {
                List<Change> made = new ArrayList<>();
                T result = decision.decide(change -> {
                    into.record(change);
                    made.add(change);
                });
                if (!made.isEmpty()) {
                    spend(jobOf(scope, made));
                }
                return result;
            });
        }

        @Override
        public void record(Scope scope, Cause cause, List<Change> changes) {
            spend(jobOf(scope, changes));
            real.record(scope, cause, changes);
        }

        @Override
        public long reserveNumber(String jobId) {
            return real.reserveNumber(jobId);
        }

        @Override
        public CommitResult commit(Commit commit, Cause cause) {
            try {
                spend(commit.completed().jobId());
            } catch (StrandlineException e) {
                return new CommitResult.Failed(e.code().wireName(), e.problem().detail());
            }
            return real.commit(commit, cause);
        }
    }
}
