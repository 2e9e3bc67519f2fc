package io.strandline.engine.operator.match;

import io.strandline.engine.element.RowType;
import io.strandline.engine.operator.Operator;
import io.strandline.engine.operator.OperatorFactory;
import io.strandline.snapshot.Column;
import io.strandline.snapshot.ColumnType;
import io.strandline.snapshot.StateSchema;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes operators that pass on the first row of each key and none of the same key that comes less than {@code ttl} after it;
 * when each was let through is kept in the state {@code seen}.
 *
 * @param output the rows it takes and passes on
 * @param keys indexes of the key columns
 * @param ttl null to remember for ever
 * @param eventTime whether {@code ttl} is of event time; else it is of the wall clock
 */
public record DeduplicateFactory(
        RowType output, List<Integer> keys, @Nullable Duration ttl, boolean eventTime) implements OperatorFactory {

    public DeduplicateFactory {
        keys = List.copyOf(keys);
        if (ttl != null && ttl.toMillis() <= 0) {
            throw new IllegalArgumentException("duplicates are remembered for " + ttl);
        }
    }

    StateSchema seen() {
        List<Column> value = List.of(new Column("passed_at", ColumnType.TIMESTAMP));
        return new StateSchema("seen", StateSchema.Form.KEYED, output.columns(keys), false, value);
    }

    StateSchema timers() {
        return new StateSchema("timers", StateSchema.Form.TIMERS, output.columns(keys), false, List.of());
    }

    @Override
    public List<StateSchema> states() {
        return ttl == null ? List.of(seen()) : List.of(seen(), timers());
    }

    @Override
    public Operator create() {
        return new Deduplicate(this);
    }
}
