package io.strandline.state.instance;

import io.strandline.snapshot.OperatorContent;
import io.strandline.snapshot.Run;
import io.strandline.snapshot.SchemaEvolution;
import io.strandline.snapshot.StateContent;
import io.strandline.snapshot.StateSchema;
import io.strandline.state.IncompatibleStateException;
import io.strandline.storage.Digest;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What the version that an instance goes on from holds of each state, under the columns declared now. */
record RestoredRuns(List<OperatorContent> operators) {

    /** The files that the version names. */
    Set<Digest> files() {
        Set<Digest> files = new HashSet<>();
        for (OperatorContent operator : operators) {
            for (StateContent state : operator.states()) {
                state.runs().forEach(run -> files.add(run.blob().digest()));
            }
        }
        return files;
    }

    /**
     * The runs of a state, none when the version does not know it.
     *
     * @param initial the words that restored entries get where columns were added
     * @throws IncompatibleStateException when entries cannot be read under the declared columns
     */
    List<Run> of(String operator, StateSchema declared, long[] initial) {
        for (OperatorContent content : operators) {
            for (StateContent state : content.states()) {
                if (content.name().equals(operator) && state.schema().name().equals(declared.name())) {
                    return under(operator, state, declared, initial);
                }
            }
        }
        return List.of();
    }

    private static List<Run> under(String operator, StateContent state, StateSchema declared, long[] initial) {
        SchemaEvolution evolution = SchemaEvolution.between(state.schema(), declared);
        if (!evolution.compatible()) {
            throw new IncompatibleStateException(operator, state.schema(), declared);
        }
        return evolution.unchanged()
                ? state.runs()
                : state.runs().stream()
                        .map(run -> run.under(evolution, initial))
                        .toList();
    }
}
