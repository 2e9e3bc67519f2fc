package io.strandline.api.function;

/** Sets and takes back timers of the current key. They are part of every version. */
public interface Timers {

    /** Sets a timer; nothing happens when that key has one for that time already. */
    void register(long timeMillis);

    /** Takes a timer back, so that it does not fire; nothing happens when that key has none for that time. */
    void delete(long timeMillis);
}
