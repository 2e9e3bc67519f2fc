package io.strandline.state.diff;

import io.strandline.snapshot.Column;
import io.strandline.snapshot.Run;
import io.strandline.snapshot.SchemaEvolution;
import io.strandline.snapshot.StateContent;
import io.strandline.snapshot.StateSchema;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How two versions of a state are read as one shape: the columns that both have, widened where the later one is wider. What was
 * added or dropped says nothing about single entries and is left out of the comparison.
 *
 * @param evolution from the one schema to the other
 * @param compared the shape that both are read in
 * @param from the runs of the one, under that shape
 * @param to the runs of the other, under that shape
 */
public record Alignment(SchemaEvolution evolution, StateSchema compared, List<Run> from, List<Run> to) {

    public Alignment {
        from = List.copyOf(from);
        to = List.copyOf(to);
    }

    /** Aligns a state of two versions; when {@link #comparable} says no, there is nothing to read. */
    public static Alignment of(StateContent from, StateContent to) {
        SchemaEvolution evolution = SchemaEvolution.between(from.schema(), to.schema());
        if (!evolution.compatible()) {
            return new Alignment(evolution, to.schema(), List.of(), List.of());
        }
        StateSchema compared = common(from.schema(), to.schema());
        return new Alignment(evolution, compared, under(from, compared), under(to, compared));
    }

    /** Whether entries of the one can be read as entries of the other. */
    public boolean comparable() {
        return evolution.compatible();
    }

    private static StateSchema common(StateSchema from, StateSchema to) {
        Set<String> names = from.value().stream().map(Column::name).collect(Collectors.toSet());
        List<Column> columns = to.value().stream()
                .filter(column -> names.contains(column.name()))
                .toList();
        return new StateSchema(to.name(), to.form(), to.key(), to.namespaced(), columns);
    }

    private static List<Run> under(StateContent content, StateSchema compared) {
        SchemaEvolution evolution = SchemaEvolution.between(content.schema(), compared);
        long[] unused = new long[compared.value().size()];
        return content.runs().stream()
                .map(run -> evolution.unchanged() ? run : run.under(evolution, unused))
                .toList();
    }
}
