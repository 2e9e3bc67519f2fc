package io.strandline.api.function;

/**
 * What is done with each value of a stream: it may keep state and timers of the value's key and emit any number of values. There is
 * one object a subtask, used by one thread; what has to survive lives in state, never in fields.
 *
 * <p>An exception that leaves a callback fails the instance, which goes on from its last version as its restart strategy says.
 *
 * @param <K> the key, {@link Void} for a stream without
 * @param <I> what comes in
 * @param <O> what goes out
 */
@FunctionalInterface
public interface ProcessFunction<K, I, O> {

    /**
     * Declares states, timers and side outputs. Called once before anything else, and once more on a trial object when the job is
     * put together, to learn what it declares; so it is not the place to open anything.
     */
    default void open(OpenContext context) throws Exception {}

    /** Takes one value. */
    void process(I value, Context<K> context, Collector<O> out) throws Exception;

    /** A timer of the current key is due. */
    default void onTimer(Timer timer, Context<K> context, Collector<O> out) throws Exception {}
}
