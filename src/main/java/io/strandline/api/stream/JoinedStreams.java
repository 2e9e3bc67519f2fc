package io.strandline.api.stream;

import io.strandline.api.type.Type;
import java.util.function.BiFunction;

/** Two keyed streams whose values are about to be joined by their times. */
public final class JoinedStreams<K, L, R> {

    private final KeyedStream<K, L> left;
    private final KeyedStream<K, R> right;
    private final JoinInterval interval;

    JoinedStreams(KeyedStream<K, L> left, KeyedStream<K, R> right, JoinInterval interval) {
        this.left = left;
        this.right = right;
        this.interval = interval;
    }

    /** What each pair comes to. Values are kept as long as one may come that they are joined with. */
    public <O> DataStream<O> pairs(String name, Type<O> type, BiFunction<? super L, ? super R, ? extends O> function) {
        return left.connect(right)
                .process(name, type, () -> new IntervalJoin<>(left.type(), right.type(), interval, function));
    }
}
