package io.strandline.engine.operator.row;

import io.strandline.engine.element.Batch;
import io.strandline.engine.element.RowType;
import io.strandline.engine.operator.Operator;
import io.strandline.engine.operator.OperatorContext;
import io.strandline.engine.operator.OperatorFactory;
import io.strandline.engine.operator.Output;
import io.strandline.snapshot.StateSchema;
import java.util.List;

/**
 * Makes operators that pass on the rows of several streams, each in its order.
 *
 * @param output the rows of every stream
 */
public record UnionFactory(RowType output, int inputs) implements OperatorFactory {

    @Override
    public List<StateSchema> states() {
        return List.of();
    }

    @Override
    public Operator create() {
        return new Union(output);
    }

    /** Passes batches on as they are, without hashes that an exchange may have carried along. */
    private static final class Union implements Operator {

        private final RowType rows;
        private Batch out;

        Union(RowType rows) {
            this.rows = rows;
            this.out = new Batch(rows, 0);
        }

        @Override
        public void open(OperatorContext context) {
            out = new Batch(rows, context.batchSize());
        }

        @Override
        public void process(Batch batch, Output output) {
            if (batch.hashes() == null) {
                output.emit(batch);
                return;
            }
            out.clear();
            out.append(batch, 0, batch.size());
            output.emit(out);
        }
    }
}
