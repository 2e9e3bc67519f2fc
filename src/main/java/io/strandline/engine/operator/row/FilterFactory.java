package io.strandline.engine.operator.row;

import io.strandline.engine.element.Batch;
import io.strandline.engine.element.RowType;
import io.strandline.engine.operator.Operator;
import io.strandline.engine.operator.OperatorContext;
import io.strandline.engine.operator.OperatorFactory;
import io.strandline.engine.operator.Output;
import io.strandline.snapshot.StateSchema;
import java.util.List;
import java.util.function.Supplier;

/** Makes operators that pass on chosen rows. */
public record FilterFactory(RowType output, Supplier<? extends RowPredicate> predicate) implements OperatorFactory {

    @Override
    public List<StateSchema> states() {
        return List.of();
    }

    @Override
    public Operator create() {
        return new Filter(output, predicate.get());
    }

    /** Copies chosen rows together, or passes a batch on as it is when all are. */
    private static final class Filter implements Operator {

        private final RowType rows;
        private final RowPredicate predicate;
        private Batch out;
        private int[] selected = {};

        Filter(RowType rows, RowPredicate predicate) {
            this.rows = rows;
            this.predicate = predicate;
            this.out = new Batch(rows, 0);
        }

        @Override
        public void open(OperatorContext context) {
            out = new Batch(rows, context.batchSize());
            selected = new int[context.batchSize()];
        }

        @Override
        public void process(Batch batch, Output output) {
            int count = predicate.select(batch, selected);
            if (count == batch.size() && batch.hashes() == null) {
                output.emit(batch);
            } else if (count > 0) {
                out.clear();
                out.append(batch, selected, 0, count);
                output.emit(out);
            }
        }
    }
}
