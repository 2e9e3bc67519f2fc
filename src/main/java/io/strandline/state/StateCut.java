package io.strandline.state;

import io.strandline.snapshot.StateContent;
import java.util.List;
import java.util.Map;

/**
 * The content of a version, as the instance's state hands it up.
 *
 * @param operators each operator's states with their runs, oldest first
 * @param newBytes bytes of files that no earlier version of the instance names
 */
public record StateCut(Map<String, List<StateContent>> operators, long newBytes) {

    public StateCut {
        operators = Map.copyOf(operators);
    }
}
