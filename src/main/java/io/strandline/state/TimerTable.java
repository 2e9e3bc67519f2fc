package io.strandline.state;

/** The event-time timers of one operator's subtask: a set of (time, key, namespace). Owned by one thread. */
public interface TimerTable {

    /** Registers one timer a row; registering one that is there does nothing. */
    void register(KeyColumns keys, long[] namespaces, long[] times);

    /** Takes the timer of each row out of the set, where there is one. */
    void remove(KeyColumns keys, long[] namespaces, long[] times);

    /**
     * Takes timers with {@code time <= upTo} out of the set, in order of time, key group and key, at most {@code max} of them.
     *
     * @return the rows fired: empty when no timer is due; reused by the next call
     */
    Fired poll(long upTo, int max);

    /** The time of the earliest timer, {@code Long.MAX_VALUE} when there is none. */
    long earliest();

    /** Timers that fired together. */
    interface Fired {

        /** Their keys, with {@code size()} rows. */
        KeyColumns keys();

        /** Their namespaces. */
        long[] namespaces();

        /** Their times. */
        long[] times();
    }
}
