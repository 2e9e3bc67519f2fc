package io.strandline.engine.operator.aggregate;

import io.strandline.snapshot.Column;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;

/**
 * How aggregates lie in the words of a value: each in columns of its own, the first of which has its name and result. Names
 * with a tilde, such as {@code mean~sum}, are what it has to remember besides; they cannot be written in a pipeline, so
 * readers who show values leave such columns out.
 *
 * @param aggregates in the order of the output columns
 */
public record AggregateLayout(List<Aggregate> aggregates) {

    public AggregateLayout {
        aggregates = List.copyOf(aggregates);
    }

    /** The value's columns. */
    public List<Column> value() {
        return aggregates.stream()
                .flatMap(aggregate -> aggregate.value().stream())
                .toList();
    }

    /** The words of a key without rows. */
    public long[] initial() {
        return Arrays.stream(accumulators())
                .flatMapToLong(accumulator -> LongStream.of(accumulator.initial()))
                .toArray();
    }

    /** In which word the result of aggregate {@code index} lies. */
    public int word(int index) {
        return aggregates.subList(0, index).stream()
                .mapToInt(aggregate -> aggregate.value().size())
                .sum();
    }

    /** One accumulator an aggregate. */
    Accumulator[] accumulators() {
        Accumulator[] accumulators = new Accumulator[aggregates.size()];
        Arrays.setAll(accumulators, index -> aggregates.get(index).accumulator(word(index)));
        return accumulators;
    }
}
