package io.strandline.engine.operator.aggregate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteOrder;
import java.util.stream.LongStream;
import org.apache.datasketches.hll.HllSketch;
import org.apache.datasketches.hll.TgtHllType;
import org.apache.datasketches.hll.Union;
import org.apache.datasketches.memory.Memory;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The sketch is one of DataSketches', down to the registers, and does not tell the order of its values. */
class ValueSketchTests {

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 8, 24, 25, 384, 385, 5_000, 100_000})
    @EnabledForJreRange(max = JRE.JAVA_21)
    void dataSketchesReadsIt(int values) {
        HllSketch theirs = new HllSketch(12, TgtHllType.HLL_8);
        LongStream.range(0, values).forEach(theirs::update);
        ValueSketch ours = sketch(LongStream.range(0, values));

        HllSketch read = HllSketch.heapify(Memory.wrap(ours.image()));
        Union same = new Union(12);
        same.update(read);
        same.update(theirs);

        assertThat(read.getCompositeEstimate()).isEqualTo(theirs.getCompositeEstimate());
        assertThat(same.getCompositeEstimate()).isEqualTo(theirs.getCompositeEstimate());
        assertThat((double) ours.estimate()).isCloseTo(theirs.getCompositeEstimate(), within(0.01 * values));
    }

    @ParameterizedTest
    @ValueSource(ints = {5, 300, 385, 20_000})
    @EnabledForJreRange(max = JRE.JAVA_21)
    void itReadsWhatDataSketchesWrites(int values) {
        HllSketch theirs = new HllSketch(12, TgtHllType.HLL_8);
        LongStream.range(0, values).forEach(theirs::update);
        byte[] image = theirs.toCompactByteArray();
        assertThat(Memory.wrap(image).getTypeByteOrder()).isEqualTo(ByteOrder.LITTLE_ENDIAN);
        ValueSketch ours = new ValueSketch();
        ours.read(image, image.length);

        assertThat(ours.estimate())
                .isEqualTo(sketch(LongStream.range(0, values)).estimate());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7, 8, 100, 384, 385, 3_000, 1_000_000})
    void itIsTheSameWhateverTheOrderAndHoweverMerged(int values) {
        ValueSketch forwards = sketch(LongStream.range(0, values));
        ValueSketch backwards = sketch(LongStream.range(0, values).map(value -> values - 1 - value));
        ValueSketch merged = sketch(LongStream.range(values / 3, values));
        merged.add(sketch(LongStream.range(0, values / 2)));
        ValueSketch again = new ValueSketch();
        again.read(forwards.image(), forwards.image().length);

        assertThat(backwards.image()).isEqualTo(forwards.image());
        assertThat(merged.image()).isEqualTo(forwards.image());
        assertThat(again.image()).isEqualTo(forwards.image());
        assertThat((double) forwards.estimate()).isCloseTo(values, within(0.05 * values));
    }

    private static ValueSketch sketch(LongStream values) {
        ValueSketch sketch = new ValueSketch();
        values.forEach(sketch::add);
        return sketch;
    }
}
