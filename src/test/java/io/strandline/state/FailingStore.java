package io.strandline.state;

import io.strandline.storage.SnapshotStore;
import io.strandline.storage.Staging;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;

/** A real store whose staging areas refuse new files while {@link #failing}. */
final class FailingStore {

    boolean failing;
    private final SnapshotStore real;

    FailingStore(SnapshotStore real) {
        this.real = real;
    }

    SnapshotStore store() {
        return (SnapshotStore) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {SnapshotStore.class}, (proxy, method, arguments) -> {
                    Object answer = call(real, method, arguments);
                    return answer instanceof Staging staging ? failing(staging) : answer;
                });
    }

    private Staging failing(Staging staging) {
        return (Staging) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Staging.class}, (proxy, method, arguments) -> {
                    if (failing && method.getName().equals("create")) {
                        throw new IOException("no space left on device");
                    }
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
}
