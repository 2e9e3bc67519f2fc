package io.strandline.engine.graph;

import io.strandline.engine.element.RowType;
import io.strandline.snapshot.StateSchema;
import java.util.List;

/** How a version describes rows that were on their way to one input of a vertex. */
public final class InFlightSchema {

    private static final String PREFIX = "in-flight-";

    private InFlightSchema() {}

    /**
     * Rows of one input.
     *
     * @param input from 0
     * @param rows their columns
     * @param exchange how they are shared out
     */
    public static StateSchema of(int input, RowType rows, Exchange exchange) {
        return new StateSchema(
                PREFIX + input,
                StateSchema.Form.IN_FLIGHT,
                exchange instanceof Exchange.Keyed keyed ? rows.columns(keyed.columns()) : List.of(),
                false,
                rows.columns());
    }
}
