package io.strandline.engine.chain;

import io.strandline.engine.element.Batch;
import io.strandline.engine.operator.Operator;
import io.strandline.engine.operator.OperatorContext;
import io.strandline.engine.operator.Output;
import io.strandline.state.SubtaskState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An operator's place in its chain. */
final class OperatorWork implements LinkWork {

    private final Operator operator;
    private final OperatorContext context;
    private final @Nullable SubtaskState state;
    private @Nullable Output output;

    /** {@code state} is null for an operator that keeps none. */
    OperatorWork(Operator operator, OperatorContext context, @Nullable SubtaskState state) {
        this.operator = operator;
        this.context = context;
        this.state = state;
    }

    @Override
    public void open() {
        operator.open(context);
    }

    @Override
    public void process(int input, Batch batch, ChainLink link) {
        operator.process(input, batch, output(link));
    }

    @Override
    public boolean advance(long watermark, ChainLink link) {
        return operator.advance(watermark, output(link));
    }

    @Override
    public boolean flush(ChainLink link) {
        return operator.flush(output(link));
    }

    @Override
    public void tick(long nowNanos, ChainLink link) {
        operator.tick(nowNanos, output(link));
    }

    @Override
    public long tickDue() {
        return operator.tickDue();
    }

    @Override
    public boolean sweep() {
        return state != null && state.sweep();
    }

    @Override
    public Optional<SubtaskState.Look> look(String name, List<Object> key) {
        return state == null ? Optional.empty() : state.look(name, key);
    }

    @Override
    public boolean isReady() {
        return state == null || state.isReady();
    }

    @Override
    public void freeze(Freeze freeze) {
        if (state != null) {
            freeze.state(state.freeze(freeze.number()));
        }
    }

    private Output output(ChainLink link) {
        Output existing = output;
        if (existing != null) {
            return existing;
        }
        Output made = (number, batch) -> {
            try {
                link.emit(number, batch);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        };
        output = made;
        return made;
    }
}
