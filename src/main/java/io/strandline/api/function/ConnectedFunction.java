package io.strandline.api.function;

/**
 * What is done with the values of two streams that share one operator: its state, its timers and its output.
 *
 * <p>The other stream is keyed by the same key, or broadcast. Of a broadcast stream every subtask is given every value, and no key is
 * at hand then: {@link Context#key} and keyed state are refused. What each subtask keeps of it (in a broadcast state) follows from the
 * values alone, so that all of them keep the same.
 *
 * @param <K> the key, {@link Void} for a stream without
 * @param <I> what comes in by the first stream
 * @param <J> what comes in by the other one
 * @param <O> what goes out
 */
public interface ConnectedFunction<K, I, J, O> extends ProcessFunction<K, I, O> {

    /** Takes one value of the other stream. */
    void processOther(J value, Context<K> context, Collector<O> out) throws Exception;
}
