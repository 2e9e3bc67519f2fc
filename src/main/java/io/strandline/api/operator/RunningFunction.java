package io.strandline.api.operator;

import io.strandline.api.function.Collector;
import io.strandline.api.function.Context;
import io.strandline.api.function.ProcessFunction;
import io.strandline.api.function.SideTag;
import io.strandline.api.function.Timer;
import io.strandline.engine.element.Batch;
import io.strandline.engine.element.Watermark;
import io.strandline.engine.operator.OperatorContext;
import io.strandline.engine.operator.Output;
import io.strandline.snapshot.StateSchema;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A user's function once it has its state: batches, watermarks and ticks become calls of it. */
final class RunningFunction<K, I, O> implements Context<K>, Collector<O> {

    private static final int TIMERS_A_TICK = 1 << 12;

    private final ProcessFunction<K, I, O> function;
    private final List<Incoming<K, ?, O>> inputs;
    private final Declarations<K> declared;
    private final @Nullable KeyedStates<K> states;
    private final @Nullable TimerQueue<K> eventTimers;
    private final @Nullable TimerQueue<K> processingTimers;
    private final List<Emitter<?>> emitters = new ArrayList<>();
    private final Emitter<O> main;
    private final InstantSource wall;
    private final int batchSize;
    private final Output nowhere = (number, batch) -> {
        throw new IllegalStateException("values are emitted while a value or a timer is at hand");
    };
    private Output output = nowhere;
    private long timestamp = Watermark.NONE;
    private long watermark;
    private long tickNanos = Long.MIN_VALUE;
    private long tickMillis;

    RunningFunction(ProcessFactory<K, I, O> made, OperatorContext context) {
        this.function = made.function();
        this.inputs = Incoming.of(made, function);
        this.batchSize = context.batchSize();
        this.wall = context.wall();
        this.watermark = context.restoredWatermark();
        this.declared = new Declarations<>(made.keyForm(), context.subtask(), batchSize);
        UserCode.open(function, declared);
        if (!declared.schemas().equals(made.states()) || !declared.sides().equals(made.sides())) {
            throw new IllegalStateException("%s declares %s, and declared %s when the job was put together"
                    .formatted(function.getClass().getName(), describe(declared.schemas()), describe(made.states())));
        }
        this.states = declared.keyed();
        this.eventTimers = declared.declaredEventTimers();
        this.processingTimers = declared.declaredProcessingTimers();
        this.main = new Emitter<>(0, made.outputForm(), batchSize);
        emitters.add(main);
        for (SideTag<?> side : declared.sides()) {
            emitters.add(new Emitter<>(side.index(), StreamForm.of(side.type()), batchSize));
        }
        if (!made.states().isEmpty()) {
            bind(context);
        }
    }

    private void bind(OperatorContext context) {
        if (states != null) {
            states.bind(context.state(), wall);
        }
        declared.unkeyed().forEach(state -> state.bind(context.state(), context.keyGroups(), context.maxParallelism()));
        if (eventTimers != null) {
            eventTimers.bind(context.state());
        }
        if (processingTimers != null) {
            processingTimers.bind(context.state());
        }
    }

    void process(int number, Batch batch, Output into) {
        output = into;
        take(inputs.get(number), batch);
        leave();
    }

    private <V> void take(Incoming<K, V, O> input, Batch batch) {
        List<K> of = input.keysOf(batch);
        prepare(of);
        for (int row = 0; row < batch.size(); row++) {
            if (states != null && input.keyed()) {
                states.enter(of.get(row));
            }
            timestamp = batch.timestamps()[row];
            V value = input.form().read(batch, row);
            call(input.callback(), value, () -> input.taker().take(value, this, this));
        }
    }

    boolean advance(long to, Output into) {
        if (eventTimers != null && fire(eventTimers, Timer.Clock.EVENT_TIME, to, into) > 0) {
            return false;
        }
        watermark = to;
        return true;
    }

    void tick(long nowNanos, Output into) {
        tickNanos = nowNanos;
        tickMillis = wall.millis();
        if (processingTimers != null) {
            int fired = 0;
            int some;
            do {
                some = fire(processingTimers, Timer.Clock.PROCESSING_TIME, tickMillis, into);
                fired += some;
            } while (some > 0 && fired < TIMERS_A_TICK);
        }
    }

    long tickDue() {
        if (processingTimers == null || processingTimers.earliest() == Long.MAX_VALUE) {
            return Long.MAX_VALUE;
        }
        if (tickNanos == Long.MIN_VALUE) {
            return Long.MIN_VALUE;
        }
        return tickNanos + TimeUnit.MILLISECONDS.toNanos(Math.max(0, processingTimers.earliest() - tickMillis));
    }

    /** Encodes some of what is kept decoded; whether all is. */
    boolean writeBack() {
        if (states != null && !states.writeBack()) {
            return false;
        }
        declared.unkeyed().forEach(UnkeyedState::writeBack);
        return true;
    }

    private int fire(TimerQueue<K> timers, Timer.Clock clock, long upTo, Output into) {
        output = into;
        TimerQueue.Due<K> due = timers.poll(upTo, batchSize);
        prepare(due.keys());
        for (int i = 0; i < due.keys().size(); i++) {
            if (states != null) {
                states.enter(due.keys().get(i));
            }
            if (!timers.isCancelled(due.keys().get(i), due.times()[i])) {
                Timer timer = new Timer(clock, due.times()[i]);
                timestamp = clock == Timer.Clock.EVENT_TIME ? timer.timeMillis() : Watermark.NONE;
                call("onTimer", timer, () -> function.onTimer(timer, this, this));
            }
        }
        timers.fired();
        leave();
        return due.keys().size();
    }

    private void prepare(List<K> of) {
        if (states != null) {
            states.prepare(of);
        }
    }

    private void leave() {
        if (states != null) {
            states.leave();
        }
        if (eventTimers != null) {
            eventTimers.settle();
        }
        if (processingTimers != null) {
            processingTimers.settle();
        }
        emitters.forEach(emitter -> emitter.send(output));
        output = nowhere;
    }

    private void call(String callback, Object at, UserCode.Callback calling) {
        try {
            UserCode.call(function, callback, calling);
        } catch (UserCodeException e) {
            emitters.forEach(Emitter::rethrow);
            throw new UserCodeException(
                    function.getClass(), callback + " of " + at, e.getCause() == null ? e : e.getCause());
        }
        emitters.forEach(Emitter::rethrow);
    }

    @Override
    public void collect(O value) {
        main.emit(value, timestamp, output);
    }

    @Override
    @SuppressWarnings("unchecked")
    public <T> void emit(SideTag<T> side, T value) {
        if (!declared.sides().contains(side)) {
            throw new IllegalArgumentException("side output '%s' is not declared".formatted(side.name()));
        }
        ((Emitter<T>) emitters.get(side.index())).emit(value, timestamp, output);
    }

    @Override
    public K key() {
        if (states == null) {
            throw new IllegalStateException("the stream has no keys");
        }
        return states.key();
    }

    @Override
    public long timestamp() {
        return timestamp;
    }

    @Override
    public long watermark() {
        return watermark;
    }

    @Override
    public long processingTime() {
        return wall.millis();
    }

    private static List<String> describe(List<StateSchema> schemas) {
        return schemas.stream().map(StateSchema::describe).toList();
    }
}
