package io.strandline.engine.operator.aggregate;

import io.strandline.engine.element.Batch;
import io.strandline.state.KeyedTable;
import io.strandline.state.Murmur3;
import io.strandline.state.ValueSlab;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * About how many different values there were: within 1.6 % in two cases of three, and exact or nearly so up to some hundreds.
 * Words: estimate, sketch.
 *
 * <p>A sketch is taken out of the slab once a batch and put back when it changed.
 */
final class Distinct extends Accumulator {

    private final Map<Integer, ValueSketch> open = new HashMap<>();
    private final ValueSketch union = new ValueSketch();
    private final ValueSketch part = new ValueSketch();
    private final ValueText stored = new ValueText();

    Distinct(int at) {
        super(at, 0, 0);
    }

    @Override
    void add(KeyedTable table, int[] entries, Batch batch, Object argument, @Nullable Object out) {
        long[] words = table.words();
        open.clear();
        for (int row = 0; row < batch.size(); row++) {
            ValueSketch sketch = open.computeIfAbsent(
                    entries[row], entry -> read(new ValueSketch(), table.values(), words[entry + at + 1]));
            sketch.add(number(argument, row));
            if (out != null) {
                write(table.values(), sketch.estimate(), out, row);
            }
        }
        open.forEach((entry, sketch) -> store(table.values(), words, entry + at, sketch));
    }

    @Override
    void reset() {
        super.reset();
        union.clear();
    }

    @Override
    void combine(long[] from, int first, ValueSlab values) {
        union.add(read(part, values, from[first + 1]));
        merged[0] = union.estimate();
    }

    private ValueSketch read(ValueSketch into, ValueSlab values, long reference) {
        int length = stored.bytes(values, reference);
        into.read(stored.buffer(), length);
        return into;
    }

    private void store(ValueSlab values, long[] words, int word, ValueSketch sketch) {
        byte[] image = sketch.image();
        int length = stored.bytes(values, words[word + 1]);
        if (!Arrays.equals(image, 0, image.length, stored.buffer(), 0, length)) {
            words[word] = sketch.estimate();
            words[word + 1] = values.put(image, 0, image.length);
        }
    }

    /** What stands for a value; texts are hashed twice, which is once more than DataSketches does. */
    private static long number(Object values, int row) {
        if (values instanceof long[] longs) {
            return longs[row];
        }
        if (values instanceof double[] doubles) {
            return Double.doubleToLongBits(doubles[row] + 0.0);
        }
        byte[] text = ((String) ((Object[]) values)[row]).getBytes(StandardCharsets.UTF_8);
        return Murmur3.hash(text, 0, text.length);
    }
}
