package io.strandline.inspect.diff;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a diff is limited to.
 *
 * @param operators names of operators, none for all
 * @param states names of states, none for all
 */
@Schema(description = "What the diff is limited to; an empty list is no limit.")
public record DiffFilter(
        @Schema(description = "Only these operators.", example = "[\"by-origin\"]")
        List<String> operators,

        @Schema(description = "Only states of these names.", example = "[\"aggregates\"]")
        List<String> states) {

    /** No limit. */
    static final DiffFilter ALL = new DiffFilter(List.of(), List.of());

    /** A name that nothing has. */
    private static final String NOTHING = "";

    public DiffFilter {
        operators = List.copyOf(operators);
        states = List.copyOf(states);
    }

    /** The same, limited to one operator or one name of states where given; one that this leaves out takes nothing. */
    DiffFilter within(@Nullable String operator, @Nullable String state) {
        return new DiffFilter(narrowed(operators, operator), narrowed(states, state));
    }

    private static List<String> narrowed(List<String> names, @Nullable String name) {
        if (name == null) {
            return names;
        }
        return names.isEmpty() || names.contains(name) ? List.of(name) : List.of(NOTHING);
    }

    boolean takes(String operator) {
        return operators.isEmpty() || operators.contains(operator);
    }

    boolean takes(String operator, String state) {
        return takes(operator) && (states.isEmpty() || states.contains(state));
    }
}
