package io.strandline.api.operator;

/** A callback of user code threw, or used what it was handed against its contract. */
public final class UserCodeException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** @param during the callback and what it was at */
    public UserCodeException(Class<?> function, String during, Throwable cause) {
        super("%s threw %s in %s".formatted(function.getName(), describe(cause), during), cause);
    }

    private static String describe(Throwable cause) {
        String message = cause.getMessage();
        return cause.getClass().getName() + (message == null ? "" : " (" + message + ")");
    }
}
