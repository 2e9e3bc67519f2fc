package io.strandline.state;

import io.strandline.storage.SnapshotStore;
import io.strandline.storage.Staging;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;

/** A real store whose staging areas refuse new files while {@link #failing}, and which a test may watch. */
final class FailingStore {

    volatile boolean failing;
    /** Told of the calls on staging areas, and of those that open one, before they happen; may fail them. */
    volatile Watch watch = (area, call) -> {};

    private final SnapshotStore real;

    FailingStore(SnapshotStore real) {
        this.real = real;
    }

    SnapshotStore store() {
        return (SnapshotStore) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {SnapshotStore.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("openStaging")) {
                        String area = (String) arguments[0];
                        watch.before(area, method.getName());
                        return failing(area, (Staging) call(real, method, arguments));
                    }
                    return call(real, method, arguments);
                });
    }

    private Staging failing(String area, Staging staging) {
        return (Staging) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Staging.class}, (proxy, method, arguments) -> {
                    if (failing && method.getName().equals("create")) {
                        throw new IOException("no space left on device");
                    }
                    watch.before(area, method.getName());
                    return call(staging, method, arguments);
                });
    }

    private static Object call(Object target, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    /** Sees calls coming. */
    @FunctionalInterface
    interface Watch {

        void before(String area, String call) throws IOException;
    }
}
