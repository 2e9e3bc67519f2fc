package io.strandline.engine.operator.aggregate;

import io.strandline.engine.element.Batch;
import io.strandline.state.KeyedTable;
import io.strandline.state.ValueSlab;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.apache.datasketches.hll.HllSketch;
import org.apache.datasketches.hll.Union;
import org.jspecify.annotations.Nullable;

/**
 * About how many different values there were, by an Apache DataSketches HLL sketch of 4,096 registers: within 1.6 % in two
 * cases of three, and nearly exact up to some hundreds. Words: estimate, sketch.
 *
 * <p>A sketch is taken out of the slab once a batch and put back when it changed.
 */
final class Distinct extends Accumulator {

    private final Map<Integer, HllSketch> open = new HashMap<>();
    private final Union union = new Union(SketchImage.LG_REGISTERS);
    private final ValueText stored = new ValueText();

    Distinct(int at) {
        super(at, 0, 0);
    }

    @Override
    void add(KeyedTable table, int[] entries, Batch batch, Object argument, @Nullable Object out) {
        long[] words = table.words();
        open.clear();
        for (int row = 0; row < batch.size(); row++) {
            HllSketch sketch = open.computeIfAbsent(entries[row], entry -> read(table.values(), words[entry + at + 1]));
            update(sketch, argument, row);
            if (out != null) {
                write(table.values(), estimate(sketch), out, row);
            }
        }
        open.forEach((entry, sketch) -> store(table.values(), words, entry + at, sketch));
    }

    @Override
    void reset() {
        super.reset();
        union.reset();
    }

    @Override
    void combine(long[] from, int first, ValueSlab values) {
        union.update(read(values, from[first + 1]));
        merged[0] = Math.round(union.getCompositeEstimate());
    }

    private HllSketch read(ValueSlab values, long reference) {
        int length = stored.bytes(values, reference);
        return SketchImage.read(stored.buffer(), length);
    }

    private void store(ValueSlab values, long[] words, int word, HllSketch sketch) {
        byte[] image = SketchImage.of(sketch);
        int length = stored.bytes(values, words[word + 1]);
        if (!Arrays.equals(image, 0, image.length, stored.buffer(), 0, length)) {
            words[word] = estimate(sketch);
            words[word + 1] = values.put(image, 0, image.length);
        }
    }

    private static long estimate(HllSketch sketch) {
        return Math.round(sketch.getCompositeEstimate());
    }

    private static void update(HllSketch sketch, Object values, int row) {
        if (values instanceof long[] longs) {
            sketch.update(longs[row]);
        } else if (values instanceof double[] doubles) {
            sketch.update(doubles[row]);
        } else {
            // a sketch passes over what has no bytes, and UTF-8 has no 0xff
            byte[] text = ((String) ((Object[]) values)[row]).getBytes(StandardCharsets.UTF_8);
            byte[] marked = Arrays.copyOf(text, text.length + 1);
            marked[text.length] = (byte) 0xff;
            sketch.update(marked);
        }
    }
}
