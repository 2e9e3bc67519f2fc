package io.strandline.engine.operator;

import io.strandline.engine.element.RowType;
import io.strandline.snapshot.StateSchema;
import java.util.List;

/** Makes an operator for each subtask. */
public interface OperatorFactory {

    /** The rows it emits. */
    RowType output();

    /** The keyed state and timers it keeps. */
    List<StateSchema> states();

    /** A new operator. */
    Operator create();
}
