package io.strandline.state.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class BlockIndexTests {

    /** The last block's key, as that behind all entries of a table file, lies behind every key group. */
    @Test
    void countsBlocksBeforeAKeyAsASearchFromFrontToBackDoes() {
        Random random = new Random(7);
        for (int round = 0; round < 200; round++) {
            TreeSet<byte[]> sorted = new TreeSet<>(Arrays::compareUnsigned);
            for (int block = random.nextInt(20); block > 0; block--) {
                sorted.add(key(random));
            }
            if (random.nextBoolean()) {
                sorted.add(new byte[] {-1, 'f'});
            }
            BlockIndex index = new BlockIndex();
            sorted.forEach(key -> index.add(key, 0, key.length, 0, 1));
            index.finish();
            for (int i = 0; i < 100; i++) {
                byte[] key = i == 0 ? new byte[] {-1, 'g'} : key(random);
                assertThat(index.before(key, 0, key.length, false))
                        .isEqualTo(sorted.headSet(key, false).size());
                assertThat(index.before(key, 0, key.length, true))
                        .isEqualTo(sorted.headSet(key, true).size());
            }
        }
    }

    private static byte[] key(Random random) {
        byte[] key = new byte[1 + random.nextInt(12)];
        for (int i = 0; i < key.length; i++) {
            key[i] = (byte) random.nextInt(i < 2 ? 3 : 2);
        }
        return key;
    }
}
