package io.strandline.bench.strandline;

import io.strandline.state.InstanceState;
import io.strandline.state.SubtaskState;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * Stands in front of an instance's state and takes the processor time of each freeze: what pre-emption cannot disturb. All but
 * freezes is passed on as it is, whatever else a state may be asked.
 */
final class TimedState {

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final Queue<Double> micros = new ConcurrentLinkedQueue<>();

    void reset() {
        micros.clear();
    }

    /** Processor time of each subtask's freezes since the last reset. */
    double[] micros() {
        return micros.stream().mapToDouble(Double::doubleValue).toArray();
    }

    InstanceState around(InstanceState state) {
        return proxy(InstanceState.class, (method, arguments) -> {
            Object answer = call(state, method, arguments);
            return answer instanceof SubtaskState subtask ? around(subtask) : answer;
        });
    }

    private SubtaskState around(SubtaskState state) {
        return proxy(SubtaskState.class, (method, arguments) -> {
            if (!method.getName().equals("freeze")) {
                return call(state, method, arguments);
            }
            long begin = threads.getCurrentThreadCpuTime();
            Object frozen = call(state, method, arguments);
            micros.add((threads.getCurrentThreadCpuTime() - begin) / 1e3);
            return frozen;
        });
    }

    private static <T> T proxy(Class<T> type, Call call) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> call.answer(method, arguments)));
    }

    private static @Nullable Object call(Object target, Method method, Object @Nullable [] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    /** What becomes of a call. */
    @FunctionalInterface
    private interface Call {

        @Nullable
        Object answer(Method method, Object @Nullable [] arguments) throws Throwable;
    }
}
