package io.strandline.api.stream;

import io.strandline.api.function.Collector;
import io.strandline.api.function.Context;
import io.strandline.api.function.OpenContext;
import io.strandline.api.function.ProcessFunction;
import io.strandline.api.function.SideTag;
import io.strandline.api.function.Timer;
import io.strandline.api.function.Timers;
import io.strandline.api.state.MapState;
import io.strandline.api.state.MergingAggregateFunction;
import io.strandline.api.state.StateDescriptor;
import io.strandline.api.type.Types;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Sessions as a function: what is kept of each lies in a map of the key, by the time of its first value, beside a map of the times of
 * their last values. A value that links sessions makes one of them and takes back the timers of those it was.
 */
final class SessionWindows<K, T, A, R, O> implements ProcessFunction<K, T, O> {

    private final WindowSpec<K, T, A, R, O> spec;
    private final MergingAggregateFunction<T, A, R> function;
    private final long gap;
    private @Nullable Open<T, A> open;

    SessionWindows(WindowSpec<K, T, A, R, O> spec, MergingAggregateFunction<T, A, R> function, long gap) {
        this.spec = spec;
        this.function = function;
        this.gap = gap;
    }

    @Override
    public void open(OpenContext context) {
        open = new Open<>(
                context.state(StateDescriptor.map(WindowSpec.PANES, Types.LONG, spec.kept())),
                context.state(StateDescriptor.map("lasts", Types.LONG, Types.LONG)),
                context.eventTimers(),
                context.sideOutput(WindowSpec.LATE, spec.input()));
    }

    @Override
    public void process(T value, Context<K> context, Collector<O> out) {
        long time = WindowSpec.time(context);
        List<Map.Entry<Long, Long>> linked = open().lasts.entries().entrySet().stream()
                .filter(session -> time < session.getValue() + gap && session.getKey() < time + gap)
                .map(session -> Map.entry(session.getKey(), session.getValue()))
                .sorted(Map.Entry.comparingByKey())
                .toList();
        if (linked.isEmpty() && spec.isOver(time + gap, context.watermark())) {
            context.emit(open().late, value);
            return;
        }
        long first = time;
        long last = time;
        A pane = function.add(value, function.start());
        for (Map.Entry<Long, Long> session : linked) {
            first = Math.min(first, session.getKey());
            last = Math.max(last, session.getValue());
            pane = function.merge(take(session), pane);
        }
        put(new Session<>(first, last, pane), context, out);
    }

    @Override
    public void onTimer(Timer timer, Context<K> context, Collector<O> out) {
        for (Map.Entry<Long, Long> session : List.copyOf(open().lasts.entries().entrySet())) {
            long end = session.getValue() + gap - 1;
            if (end == timer.timeMillis()) {
                emit(new Session<>(session.getKey(), session.getValue(), pane(session.getKey())), context, out);
            }
            if (end + spec.latenessMillis() == timer.timeMillis()) {
                open().panes.remove(session.getKey());
                open().lasts.remove(session.getKey());
            }
        }
    }

    /** Takes a session out, with its timers. */
    private A take(Map.Entry<Long, Long> session) {
        A pane = pane(session.getKey());
        open().panes.remove(session.getKey());
        open().lasts.remove(session.getKey());
        long end = session.getValue() + gap - 1;
        forget(end);
        forget(end + spec.latenessMillis());
        return pane;
    }

    /** Takes a timer back, unless another session waits for it, too. */
    private void forget(long timer) {
        boolean needed = open().lasts.entries().values().stream()
                .map(last -> last + gap - 1)
                .anyMatch(end -> end == timer || end + spec.latenessMillis() == timer);
        if (!needed) {
            open().timers.delete(timer);
        }
    }

    private void put(Session<A> session, Context<K> context, Collector<O> out) {
        Open<T, A> parts = open();
        parts.panes.put(session.first, session.pane);
        parts.lasts.put(session.first, session.last);
        long end = session.last + gap - 1;
        if (end <= context.watermark()) {
            emit(session, context, out);
        } else {
            parts.timers.register(end);
        }
        parts.timers.register(end + spec.latenessMillis());
    }

    private A pane(long first) {
        A pane = open().panes.get(first);
        if (pane == null) {
            throw new IllegalStateException("no session begins at " + first);
        }
        return pane;
    }

    private void emit(Session<A> session, Context<K> context, Collector<O> out) {
        Window window = new Window(session.first, session.last + gap);
        out.collect(spec.result(context.key(), window, session.pane));
    }

    private Open<T, A> open() {
        if (open == null) {
            throw new IllegalStateException("not open");
        }
        return open;
    }

    /** What it has declared. */
    private record Open<T, A>(MapState<Long, A> panes, MapState<Long, Long> lasts, Timers timers, SideTag<T> late) {}

    /** One session: the times of its first and last values, and what is kept of all. */
    private record Session<A>(long first, long last, A pane) {}
}
