package io.strandline.api.operator;

import io.strandline.api.function.ConfigurationException;
import io.strandline.api.function.OpenContext;
import io.strandline.api.function.ProcessFunction;

/** Calls user code so that whatever it throws is one kind of failure, and no error of its own ends the process. */
final class UserCode {

    private UserCode() {}

    static void open(ProcessFunction<?, ?, ?> function, OpenContext context) {
        call(function, "open", () -> function.open(context));
    }

    static void call(Object function, String during, Callback callback) {
        try {
            callback.run();
        } catch (ConfigurationException | UserCodeException e) {
            throw e;
        } catch (Exception | LinkageError | StackOverflowError | AssertionError e) {
            throw new UserCodeException(function.getClass(), during, e);
        }
    }

    /** A call into user code. */
    @FunctionalInterface
    interface Callback {

        /** Makes it. */
        void run() throws Exception;
    }
}
