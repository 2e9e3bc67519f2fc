package io.strandline.engine.checkpoint;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What all subtasks have staged and what of it is visible; it survives crashes. */
final class SimulatedOutput {

    private final List<Part> staged = new ArrayList<>();
    private final List<Part> visible = new ArrayList<>();

    void stage(int subtask, long number, long from, long to) {
        staged.add(new Part(subtask, number, from, to));
    }

    /** Makes visible what was staged up to {@code number}. */
    void commit(long number) {
        staged.stream().filter(part -> part.number <= number).forEach(visible::add);
        staged.removeIf(part -> part.number <= number);
    }

    /** At start: what is staged up to the head's number belongs to the line, the rest goes. */
    void recover(long head) {
        commit(head);
        staged.clear();
    }

    /** Checks that what is visible of a subtask is everything up to {@code position}, once. */
    void check(int subtask, long position) {
        long at = 0;
        List<Part> parts = visible.stream()
                .filter(part -> part.subtask == subtask)
                .sorted(Comparator.comparingLong(Part::from).thenComparingLong(Part::to))
                .toList();
        for (Part part : parts) {
            if (part.from != at) {
                throw new AssertionError("subtask %d: visible output goes on at %d where %d was due: %s"
                        .formatted(subtask, part.from, at, parts));
            }
            at = part.to;
        }
        if (at != position) {
            throw new AssertionError(
                    "subtask %d: visible output ends at %d, the version at %d".formatted(subtask, at, position));
        }
    }

    /** Rows {@code from} to {@code to - 1} of a subtask. */
    private record Part(int subtask, long number, long from, long to) {}
}
