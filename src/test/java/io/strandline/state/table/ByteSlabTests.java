package io.strandline.state.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.strandline.state.ValueSlab;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ByteSlabTests {

    private final ByteSlab slab = new ByteSlab();

    @Test
    void keepsWhatAReferenceNamesWhateverIsAppended() {
        Random random = new Random(7);
        List<Long> references = new ArrayList<>(List.of(0L));
        List<byte[]> contents = new ArrayList<>(List.of(new byte[0]));
        for (int i = 0; i < 5000; i++) {
            byte[] more = new byte[random.nextInt(10) == 0 ? random.nextInt(5000) : random.nextInt(30)];
            random.nextBytes(more);
            int base = random.nextBoolean() ? references.size() - 1 : random.nextInt(references.size());
            if (random.nextInt(4) == 0) {
                references.add(slab.put(more, 0, more.length));
                contents.add(more);
            } else {
                references.add(slab.append(references.get(base), more, 0, more.length));
                contents.add(concat(contents.get(base), more));
            }
        }
        for (int i = 0; i < references.size(); i++) {
            assertThat(content(slab, references.get(i))).isEqualTo(contents.get(i));
        }
    }

    @Test
    void appendsToALongContentAtTheCostOfWhatIsAdded() {
        byte[] more = new byte[100];
        long reference = 0;
        for (int i = 0; i < 10_000; i++) {
            reference = slab.append(reference, more, 0, more.length);
        }

        assertThat(slab.length(reference)).isEqualTo(1_000_000);
        assertThat(slab.bytes()).isLessThan(8_000_000);
    }

    @Test
    void keepsWhatIsRescuedAndLetsTheRestGo() {
        long[] kept = new long[100];
        for (int i = 0; i < 100_000; i++) {
            byte[] content = ("content " + i).getBytes();
            long reference = slab.put(content, 0, content.length);
            if (i % 1000 == 0) {
                kept[i / 1000] = reference;
            }
        }
        ByteSlab view = slab.view();
        long[] before = kept.clone();
        long full = slab.bytes();

        slab.condemn();
        for (int i = 0; i < kept.length; i++) {
            kept[i] = slab.rescue(slab.append(slab.rescue(kept[i]), new byte[] {'!'}, 0, 1));
        }
        slab.drop();

        assertThat(slab.bytes()).isLessThan(full / 50);
        for (int i = 0; i < kept.length; i++) {
            assertThat(content(slab, kept[i])).asString().isEqualTo("content " + 1000 * i + "!");
            assertThat(content(view, before[i])).asString().isEqualTo("content " + 1000 * i);
        }
    }

    @Test
    void refusesWhatIsTooLong() {
        byte[] longest = new byte[ValueSlab.LONGEST];
        long reference = slab.put(longest, 0, longest.length);

        assertThat(slab.length(reference)).isEqualTo(ValueSlab.LONGEST);
        assertThatThrownBy(() -> slab.append(reference, longest, 0, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("16777216");
    }

    private static byte[] content(ByteSlab slab, long reference) {
        byte[] content = new byte[slab.length(reference)];
        slab.read(reference, content, 0);
        return content;
    }

    private static byte[] concat(byte[] first, byte[] second) {
        ByteArrayOutputStream both = new ByteArrayOutputStream();
        both.writeBytes(first);
        both.writeBytes(second);
        return both.toByteArray();
    }
}
