package io.strandline.api.stream;

import io.strandline.api.function.Collector;
import io.strandline.api.function.Context;
import io.strandline.api.function.OpenContext;
import io.strandline.api.function.ProcessFunction;
import io.strandline.api.function.SideTag;
import io.strandline.api.function.Timer;
import io.strandline.api.function.Timers;
import io.strandline.api.state.MapState;
import io.strandline.api.state.StateDescriptor;
import io.strandline.api.type.Types;
import org.jspecify.annotations.Nullable;

/**
 * Windows of one length as a function: what is kept of each lies in a map of the key, by its start. A timer at a window's last
 * millisecond lets it out, another one when its lateness is over takes it away.
 */
final class SlidingWindows<K, T, A, R, O> implements ProcessFunction<K, T, O> {

    private final WindowSpec<K, T, A, R, O> spec;
    private final long size;
    private final long slide;
    private @Nullable Open<T, A> open;

    SlidingWindows(WindowSpec<K, T, A, R, O> spec, WindowShape.Sliding shape) {
        this.spec = spec;
        this.size = shape.size().toMillis();
        this.slide = shape.slide().toMillis();
    }

    @Override
    public void open(OpenContext context) {
        open = new Open<>(
                context.state(StateDescriptor.map(WindowSpec.PANES, Types.LONG, spec.kept())),
                context.eventTimers(),
                context.sideOutput(WindowSpec.LATE, spec.input()));
    }

    @Override
    public void process(T value, Context<K> context, Collector<O> out) {
        long time = WindowSpec.time(context);
        boolean taken = false;
        for (long start = time - Math.floorMod(time, slide); start > time - size; start -= slide) {
            if (!spec.isOver(start + size, context.watermark())) {
                taken = true;
                add(value, start, context, out);
            }
        }
        if (!taken) {
            context.emit(open().late, value);
        }
    }

    @Override
    public void onTimer(Timer timer, Context<K> context, Collector<O> out) {
        long start = timer.timeMillis() + 1 - size;
        A pane = open().panes.get(start);
        if (pane != null) {
            emit(start, pane, context, out);
        }
        open().panes.remove(start - spec.latenessMillis());
    }

    private void add(T value, long start, Context<K> context, Collector<O> out) {
        Open<T, A> parts = open();
        A before = parts.panes.get(start);
        A pane = spec.function().add(value, before == null ? spec.function().start() : before);
        parts.panes.put(start, pane);
        long last = start + size - 1;
        if (last <= context.watermark()) {
            emit(start, pane, context, out);
        } else {
            parts.timers.register(last);
        }
        parts.timers.register(last + spec.latenessMillis());
    }

    private void emit(long start, A pane, Context<K> context, Collector<O> out) {
        out.collect(spec.result(context.key(), new Window(start, start + size), pane));
    }

    private Open<T, A> open() {
        if (open == null) {
            throw new IllegalStateException("not open");
        }
        return open;
    }

    /** What it has declared. */
    private record Open<T, A>(MapState<Long, A> panes, Timers timers, SideTag<T> late) {}
}
