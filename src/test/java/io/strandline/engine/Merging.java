package io.strandline.engine;

import io.strandline.engine.element.Batch;
import io.strandline.engine.element.RowType;
import io.strandline.engine.operator.Operator;
import io.strandline.engine.operator.OperatorContext;
import io.strandline.engine.operator.OperatorFactory;
import io.strandline.engine.operator.Output;
import io.strandline.snapshot.StateSchema;
import java.util.List;

/** Passes on the rows of several streams as they come. */
record Merging(RowType output, int inputs) implements OperatorFactory {

    @Override
    public List<StateSchema> states() {
        return List.of();
    }

    @Override
    public Operator create() {
        return new Operator() {
            @Override
            public void open(OperatorContext context) {
                // keeps nothing
            }

            @Override
            public void process(Batch batch, Output out) {
                out.emit(batch);
            }
        };
    }
}
