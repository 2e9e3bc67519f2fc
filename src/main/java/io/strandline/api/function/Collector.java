package io.strandline.api.function;

/** Takes what a function emits. */
@FunctionalInterface
public interface Collector<T> {

    /** Emits a value, with the event time of the value, or timer, at hand. */
    void collect(T value);
}
