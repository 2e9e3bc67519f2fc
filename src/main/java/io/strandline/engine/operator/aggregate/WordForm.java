package io.strandline.engine.operator.aggregate;

import io.strandline.snapshot.ColumnType;
import io.strandline.state.ValueSlab;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * How a column's values lie in words, and in what order they are: numbers by value with NaN the greatest, texts by code
 * point.
 */
abstract sealed class WordForm {

    static WordForm of(ColumnType type) {
        return switch (type) {
            case LONG, BOOLEAN, TIMESTAMP, DURATION -> new Longs();
            case DOUBLE -> new Doubles();
            case STRING -> new Texts();
            case BYTES -> throw new IllegalArgumentException("no order of " + type);
        };
    }

    /** Looks at another batch's column, and the slab its texts go to. */
    abstract void bind(Object column, ValueSlab slab);

    /** Compares a row's value with a word's. */
    abstract int compare(int row, long word);

    /** Compares two words' values. */
    abstract int compareWords(long one, long other, ValueSlab slab);

    /** The word for a row's value. */
    abstract long word(int row);

    /** Whole numbers, times and truths. */
    private static final class Longs extends WordForm {

        private long[] values = {};

        @Override
        void bind(Object column, ValueSlab slab) {
            values = (long[]) column;
        }

        @Override
        int compare(int row, long word) {
            return Long.compare(values[row], word);
        }

        @Override
        int compareWords(long one, long other, ValueSlab slab) {
            return Long.compare(one, other);
        }

        @Override
        long word(int row) {
            return values[row];
        }
    }

    /** Doubles by their canonical bits. */
    private static final class Doubles extends WordForm {

        private double[] values = {};

        @Override
        void bind(Object column, ValueSlab slab) {
            values = (double[]) column;
        }

        @Override
        int compare(int row, long word) {
            return Double.compare(values[row], Double.longBitsToDouble(word));
        }

        @Override
        int compareWords(long one, long other, ValueSlab slab) {
            return Double.compare(Double.longBitsToDouble(one), Double.longBitsToDouble(other));
        }

        @Override
        long word(int row) {
            return Double.doubleToLongBits(values[row]);
        }
    }

    /** References to UTF-8 in the slab. */
    private static final class Texts extends WordForm {

        private final ValueText text = new ValueText();
        private final ValueText otherText = new ValueText();
        private Object[] values = {};
        private @Nullable ValueSlab slab;

        @Override
        void bind(Object column, ValueSlab into) {
            values = (Object[]) column;
            slab = into;
        }

        @Override
        int compare(int row, long word) {
            int length = text.bytes(slab(), word);
            byte[] value = bytes(row);
            return Arrays.compareUnsigned(value, 0, value.length, text.buffer(), 0, length);
        }

        @Override
        int compareWords(long one, long other, ValueSlab from) {
            int length = text.bytes(from, one);
            int otherLength = otherText.bytes(from, other);
            return Arrays.compareUnsigned(text.buffer(), 0, length, otherText.buffer(), 0, otherLength);
        }

        @Override
        long word(int row) {
            byte[] value = bytes(row);
            return slab().put(value, 0, value.length);
        }

        private ValueSlab slab() {
            if (slab == null) {
                throw new IllegalStateException("no batch yet");
            }
            return slab;
        }

        private byte[] bytes(int row) {
            return ((String) values[row]).getBytes(StandardCharsets.UTF_8);
        }
    }
}
