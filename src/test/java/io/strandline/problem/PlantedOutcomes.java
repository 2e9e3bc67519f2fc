package io.strandline.problem;

import io.strandline.runner.CheckpointOutcome;
import io.strandline.runner.FailureCause;
import io.strandline.runner.JobRunner;
import io.strandline.runner.RunningInstance;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.annotation.Bean;

/** Answers requests for checkpoints in the real runner's place, and sets the clock. */
final class PlantedOutcomes {

    private volatile @Nullable CompletableFuture<CheckpointOutcome> planted;
    private volatile Duration shift = Duration.ZERO;

    @Bean
    static BeanPostProcessor plantOutcomes(PlantedOutcomes outcomes) {
        return new BeanPostProcessor() {
            @Override
            public Object postProcessAfterInitialization(Object bean, String name) {
                if (name.equals("embeddedRunner")) {
                    return outcomes.runner((JobRunner) bean);
                }
                return name.equals("clock") ? outcomes.new ShiftedClock((Clock) bean) : bean;
            }
        };
    }

    /** Every checkpoint asked for from now on comes to this. */
    void plant(CompletableFuture<CheckpointOutcome> outcome) {
        planted = outcome;
    }

    /** Every checkpoint asked for from now on fails with a code. */
    void fail(ErrorCode code) {
        FailureCause cause = new FailureCause(code.wireName(), "planted", null, null, true);
        plant(CompletableFuture.completedFuture(new CheckpointOutcome.Failed(4711, cause)));
    }

    /** Lets the runner answer again. */
    void clear() {
        planted = null;
    }

    /** Shows a time that much later. */
    void shiftClock(Duration by) {
        shift = by;
    }

    private JobRunner runner(JobRunner real) {
        return proxy(JobRunner.class, (proxy, method, arguments) -> {
            Object result = invoke(real, method, arguments);
            return result instanceof RunningInstance instance ? instance(instance) : result;
        });
    }

    private RunningInstance instance(RunningInstance real) {
        return proxy(RunningInstance.class, (proxy, method, arguments) -> {
            CompletableFuture<CheckpointOutcome> outcome = planted;
            boolean asked = method.getName().equals("checkpoint");
            return asked && outcome != null ? outcome : invoke(real, method, arguments);
        });
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private static @Nullable Object invoke(Object real, Method method, Object @Nullable [] arguments) throws Throwable {
        try {
            return method.invoke(real, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    /** The real clock, shifted. */
    private final class ShiftedClock extends Clock {

        private final Clock real;

        ShiftedClock(Clock real) {
            this.real = real;
        }

        @Override
        public ZoneId getZone() {
            return real.getZone();
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return new ShiftedClock(real.withZone(zone));
        }

        @Override
        public Instant instant() {
            return real.instant().plus(shift);
        }
    }
}
