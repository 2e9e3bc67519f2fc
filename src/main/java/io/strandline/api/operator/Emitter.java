package io.strandline.api.operator;

import io.strandline.engine.element.Batch;
import io.strandline.engine.operator.Output;
import org.jspecify.annotations.Nullable;

/** Collects what a function emits by one output into batches. Tells failures downstream from those of the function. */
final class Emitter<T> {

    private final int number;
    private final StreamForm<T> form;
    private final Batch rows;
    private @Nullable RuntimeException downstream;

    Emitter(int number, StreamForm<T> form, int batchSize) {
        this.number = number;
        this.form = form;
        this.rows = new Batch(form.rows(), batchSize);
    }

    void emit(@Nullable T value, long timestamp, Output output) {
        int row = rows.size();
        form.write(value, rows, row);
        rows.timestamps()[row] = timestamp;
        rows.size(row + 1);
        if (rows.full()) {
            send(output);
        }
    }

    /** Sends what is collected on. */
    void send(Output output) {
        if (rows.size() == 0) {
            return;
        }
        try {
            output.emit(number, rows);
        } catch (RuntimeException e) {
            downstream = e;
            throw e;
        } finally {
            rows.forget();
        }
    }

    /** Throws what broke downstream, which is no fault of the function's, even if the function caught it. */
    void rethrow() {
        if (downstream != null) {
            throw downstream;
        }
    }
}
