package io.strandline.engine.element;

/**
 * No row at or before {@code time} is to be expected on this channel any more.
 *
 * @param time epoch milliseconds; {@code Long.MAX_VALUE} at the end of input
 * @param idle the sender has no rows for now: receivers leave it out of their minimum until its next watermark
 */
public record Watermark(long time, boolean idle) implements Element {

    /** Before the first one. */
    public static final long NONE = Long.MIN_VALUE;

    /** The time of the last one. */
    public static final long MAX = Long.MAX_VALUE;

    /** Input has ended. */
    public static final Watermark END = new Watermark(MAX, false);

    /** An ordinary watermark. */
    public static Watermark of(long time) {
        return new Watermark(time, false);
    }
}
