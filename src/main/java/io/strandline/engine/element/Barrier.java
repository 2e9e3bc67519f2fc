package io.strandline.engine.element;

/**
 * Divides what attempt {@code number} holds from what comes after it.
 *
 * @param number the attempt's number
 * @param triggeredNanos when the coordinator sent it, on the engine's monotonic clock
 * @param patienceNanos how long after that it waits behind rows in flight, then it overtakes them; {@link #PATIENT} for ever
 */
public record Barrier(long number, long triggeredNanos, long patienceNanos) implements Element {

    /** Never overtakes. */
    public static final long PATIENT = Long.MAX_VALUE;

    /** A barrier that never overtakes. */
    public Barrier(long number, long triggeredNanos) {
        this(number, triggeredNanos, PATIENT);
    }

    /** Whether it overtakes rows in flight at {@code nowNanos}. */
    public boolean overtakes(long nowNanos) {
        return nowNanos - triggeredNanos >= patienceNanos;
    }

    /** When it begins to overtake; only for one that does. */
    public long overtakesAt() {
        return triggeredNanos + patienceNanos;
    }
}
