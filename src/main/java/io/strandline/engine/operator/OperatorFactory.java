package io.strandline.engine.operator;

import io.strandline.engine.element.RowType;
import io.strandline.snapshot.StateSchema;
import java.util.List;

/** Makes an operator for each subtask. */
public interface OperatorFactory {

    /** How many streams it reads; those of the edges that enter its vertex, in their order. */
    default int inputs() {
        return 1;
    }

    /** The rows of its main output. */
    RowType output();

    /** Its side outputs, numbered from 1. */
    default List<SideOutput> outputs() {
        return List.of();
    }

    /** The keyed state and timers it keeps. */
    List<StateSchema> states();

    /** A new operator. */
    Operator create();
}
