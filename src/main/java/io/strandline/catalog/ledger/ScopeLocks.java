package io.strandline.catalog.ledger;

import io.strandline.catalog.Ledger.Scope;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** One lock a job and one for the server; operations share a few. A thread holds at most one, so that none can deadlock. */
final class ScopeLocks {

    private static final int OPERATION_LOCKS = 64;

    private final Map<Scope, ReentrantLock> locks = new ConcurrentHashMap<>();
    private final ThreadLocal<Scope> held = new ThreadLocal<>();

    <T> T holding(Scope scope, Supplier<T> work) {
        Scope outer = held.get();
        if (outer != null) {
            throw new IllegalStateException("a change of " + scope + " inside a change of " + outer);
        }
        ReentrantLock lock = locks.computeIfAbsent(key(scope), any -> new ReentrantLock());
        lock.lock();
        held.set(scope);
        try {
            return work.get();
        } finally {
            held.remove();
            lock.unlock();
        }
    }

    private static Scope key(Scope scope) {
        return scope instanceof Scope.OfOperation operation
                ? new Scope.OfOperation(
                        String.valueOf(Math.floorMod(operation.id().hashCode(), OPERATION_LOCKS)))
                : scope;
    }
}
