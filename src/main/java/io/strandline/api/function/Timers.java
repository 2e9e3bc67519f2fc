package io.strandline.api.function;

/** Sets timers of the current key. They are part of every version. */
@FunctionalInterface
public interface Timers {

    /** Sets a timer; nothing happens when that key has one for that time already. */
    void register(long timeMillis);
}
