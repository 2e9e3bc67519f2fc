package io.strandline.api.stream;

import io.strandline.api.function.OpenContext;
import io.strandline.api.function.SideTag;
import io.strandline.api.state.ListState;
import io.strandline.api.state.StateDescriptor;
import io.strandline.api.type.Type;
import io.strandline.api.type.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongPredicate;

/**
 * The values of one side of a join that the key at hand keeps, each with its time.
 *
 * @param times in the order in which they came
 * @param values in the same order
 * @param late where values go that come too late
 */
record JoinSide<T>(ListState<Long> times, ListState<T> values, SideTag<T> late) {

    static <T> JoinSide<T> declared(String name, Type<T> type, OpenContext context) {
        return new JoinSide<>(
                context.state(StateDescriptor.list(name + "-times", Types.LONG)),
                context.state(StateDescriptor.list(name, type)),
                context.sideOutput("late-" + name, type));
    }

    void add(long time, T value) {
        times.add(time);
        values.add(value);
    }

    /** The values of some times. */
    List<T> at(LongPredicate wanted) {
        List<Long> all = times.get();
        List<T> found = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            if (wanted.test(all.get(i))) {
                found.add(values.get().get(i));
            }
        }
        return found;
    }

    /** Keeps the values of some times. */
    void keep(LongPredicate wanted) {
        List<Long> all = times.get();
        List<Long> kept = all.stream().filter(wanted::test).toList();
        if (kept.size() < all.size()) {
            List<T> still = at(wanted);
            times.update(kept);
            values.update(still);
        }
    }
}
