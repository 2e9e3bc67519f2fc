package io.strandline.expression.kernel;

import io.strandline.expression.ValueType;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.Stream;

/**
 * {@code value in [a, b, c]}: one look into a hash set if every element is a constant; else the elements are evaluated
 * first, a fault of any being one of the whole, and compared in turn.
 */
final class Membership {

    private Membership() {}

    /** Elements must be of the value's type. */
    static LongKernel of(Kernel value, List<Kernel> elements) {
        if (elements.stream().anyMatch(element -> element.constant() == null)) {
            return compared(value, elements);
        }
        Stream<Object> constants = elements.stream().map(element -> Objects.requireNonNull(element.constant()));
        if (value instanceof LongKernel longs) {
            return new AmongLongs(
                    longs, new LongSet(constants.mapToLong(Long.class::cast).toArray()));
        }
        if (value instanceof DoubleKernel) {
            LongSet set = new LongSet(constants
                    .mapToDouble(Double.class::cast)
                    .filter(element -> !Double.isNaN(element))
                    .mapToLong(Membership::bits)
                    .toArray());
            return RowWise.longs(ValueType.BOOLEAN, List.of(value), row -> set.has(bits(row.real(0))));
        }
        Set<Object> set = new HashSet<>(constants.toList());
        return RowWise.longs(ValueType.BOOLEAN, List.of(value), row -> set.contains(row.text(0)) ? 1 : 0);
    }

    /** Equal for doubles that are equal; adding zero makes -0.0 0.0. */
    private static long bits(double value) {
        return Double.doubleToLongBits(value + 0.0);
    }

    private static LongKernel compared(Kernel value, List<Kernel> elements) {
        List<Kernel> all = Stream.concat(Stream.of(value), elements.stream()).toList();
        RowWise.ToLong any = switch (value.type().physical()) {
            case LONGS -> row -> anyOf(row, i -> row.number(i) == row.number(0));
            case DOUBLES -> row -> anyOf(row, i -> row.real(i) == row.real(0));
            case OBJECTS -> row -> anyOf(row, i -> row.text(i).equals(row.text(0)));
        };
        return RowWise.longs(ValueType.BOOLEAN, all, any);
    }

    private static long anyOf(Arguments row, IntPredicate equal) {
        for (int i = 1; i < row.count(); i++) {
            if (equal.test(i)) {
                return 1;
            }
        }
        return 0;
    }

    /** Looks each of a column of longs up in a set. */
    private static final class AmongLongs extends LongKernel {

        private final LongKernel value;
        private final LongSet set;

        AmongLongs(LongKernel value, LongSet set) {
            super(ValueType.BOOLEAN);
            this.value = value;
            this.set = set;
        }

        @Override
        long[] evaluate(Rows rows, Faults faults) {
            long[] values = value.evaluate(rows, faults);
            long[] out = scratch(rows);
            for (int k = 0; k < rows.count(); k++) {
                int row = rows.at(k);
                out[row] = set.has(values[row]);
            }
            return out;
        }

        @Override
        boolean cheap() {
            return value.cheap();
        }
    }

    /** A few longs, open-addressed at a load of at most a quarter; the free slots hold a value that is not of the set. */
    private static final class LongSet {

        private static final long MIX = 0x9E3779B97F4A7C15L;

        private final long[] slots;
        private final long free;
        private final int shift;

        LongSet(long[] elements) {
            int bits = 65 - Long.numberOfLeadingZeros(Math.max(1, 2L * elements.length - 1));
            slots = new long[1 << bits];
            shift = 64 - bits;
            free = other(elements);
            Arrays.fill(slots, free);
            for (long element : elements) {
                slots[slot(element)] = element;
            }
        }

        private static long other(long[] elements) {
            long[] sorted = elements.clone();
            Arrays.sort(sorted);
            long candidate = 0;
            while (Arrays.binarySearch(sorted, candidate) >= 0) {
                candidate++;
            }
            return candidate;
        }

        /** 1 or 0. */
        long has(long value) {
            return value != free && slots[slot(value)] == value ? 1 : 0;
        }

        private int slot(long value) {
            int slot = (int) (value * MIX >>> shift);
            while (slots[slot] != value && slots[slot] != free) {
                slot = slot + 1 & slots.length - 1;
            }
            return slot;
        }
    }
}
