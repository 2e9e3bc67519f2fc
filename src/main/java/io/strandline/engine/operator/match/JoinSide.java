package io.strandline.engine.operator.match;

import io.strandline.engine.element.RowType;
import io.strandline.snapshot.Column;
import java.util.List;

/**
 * One input of a join.
 *
 * @param input its rows
 * @param keys indexes of the key columns, of the same types as the other side's in the same order
 */
public record JoinSide(RowType input, List<Integer> keys) {

    public JoinSide {
        keys = List.copyOf(keys);
    }

    List<Column> keyColumns() {
        return input.columns(keys);
    }
}
