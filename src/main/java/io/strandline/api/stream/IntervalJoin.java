package io.strandline.api.stream;

import io.strandline.api.function.Collector;
import io.strandline.api.function.ConnectedFunction;
import io.strandline.api.function.Context;
import io.strandline.api.function.OpenContext;
import io.strandline.api.function.Timer;
import io.strandline.api.function.Timers;
import io.strandline.api.type.Type;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * An interval join as a function: the values of both sides are kept by key, and each that comes goes through those of the other side.
 * What a pair comes to is emitted once, when the later of its two has come.
 */
final class IntervalJoin<K, L, R, O> implements ConnectedFunction<K, L, R, O> {

    private final Type<L> leftType;
    private final Type<R> rightType;
    private final JoinInterval interval;
    private final BiFunction<? super L, ? super R, ? extends O> function;
    private @Nullable Open<L, R> open;

    IntervalJoin(
            Type<L> leftType,
            Type<R> rightType,
            JoinInterval interval,
            BiFunction<? super L, ? super R, ? extends O> function) {
        this.leftType = leftType;
        this.rightType = rightType;
        this.interval = interval;
        this.function = function;
    }

    @Override
    public void open(OpenContext context) {
        open = new Open<>(
                JoinSide.declared("left", leftType, context),
                JoinSide.declared("right", rightType, context),
                context.eventTimers());
    }

    @Override
    public void process(L value, Context<K> context, Collector<O> out) {
        long time = WindowSpec.time(context);
        if (time <= context.watermark()) {
            context.emit(open().left.late(), value);
            return;
        }
        open().right
                .at(other -> interval.joins(time, other))
                .forEach(other -> out.collect(function.apply(value, other)));
        keep(open().left, value, interval.leftOver(time), context);
    }

    @Override
    public void processOther(R value, Context<K> context, Collector<O> out) {
        long time = WindowSpec.time(context);
        if (time <= context.watermark()) {
            context.emit(open().right.late(), value);
            return;
        }
        open().left
                .at(other -> interval.joins(other, time))
                .forEach(other -> out.collect(function.apply(other, value)));
        keep(open().right, value, interval.rightOver(time), context);
    }

    @Override
    public void onTimer(Timer timer, Context<K> context, Collector<O> out) {
        long reached = timer.timeMillis();
        open().left.keep(time -> interval.leftOver(time) > reached);
        open().right.keep(time -> interval.rightOver(time) > reached);
    }

    private <T> void keep(JoinSide<T> side, T value, long over, Context<K> context) {
        if (over > context.watermark()) {
            side.add(context.timestamp(), value);
            open().timers.register(interval.cleaning(over));
        }
    }

    private Open<L, R> open() {
        if (open == null) {
            throw new IllegalStateException("not open");
        }
        return open;
    }

    /** What it has declared. */
    private record Open<L, R>(JoinSide<L> left, JoinSide<R> right, Timers timers) {}
}
