package io.strandline.api.function;

/** What a function may ask about the value or timer at hand; valid during the call. */
public interface Context<K> {

    /** The current key. */
    K key();

    /** The event time of the value, or of the timer, in milliseconds; {@code Long.MIN_VALUE} when there is none. */
    long timestamp();

    /** The event time that all inputs have reached; {@code Long.MIN_VALUE} at first. */
    long watermark();

    /** The wall clock, in milliseconds. */
    long processingTime();

    /** Emits a value by a side output. */
    <T> void emit(SideTag<T> side, T value);
}
