package io.strandline.state.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class FilterBankTests {

    private static final int PLACES = 64;

    private final SplittableRandom random = new SplittableRandom(3);

    @Test
    void saysOfEachFilterWhatTheFilterSays() {
        FilterBank bank = new FilterBank(64);
        BloomFilter[] filters = new BloomFilter[PLACES];
        int[] places = new int[PLACES];
        for (int i = 0; i < PLACES; i++) {
            filters[i] = filter(300 + 35 * i);
            assertThat(bank.suits(filters[i])).isTrue();
            places[i] = bank.add(filters[i]);
        }
        assertThat(bank.suits(filter(3000))).isFalse();

        for (int i = 0; i < 20_000; i++) {
            long hash = random.nextLong();
            long candidates = bank.candidates(hash);
            for (int filter = 0; filter < PLACES; filter++) {
                assertThat((candidates >>> places[filter] & 1) != 0).isEqualTo(filters[filter].mayContain(hash));
            }
        }
    }

    @Test
    void givesAPlaceToAnotherFilterAfterForgettingTheFirst() {
        FilterBank bank = new FilterBank(64);
        for (int i = 0; i < 200; i++) {
            BloomFilter filter = filter(3000);
            int place = bank.add(filter);
            int found = 0;
            for (int hash = 0; hash < 5000; hash++) {
                long asked = random.nextLong();
                boolean contains = (bank.candidates(asked) >>> place & 1) != 0;
                assertThat(contains).isEqualTo(filter.mayContain(asked));
                found += contains ? 1 : 0;
            }
            assertThat(found).isLessThan(500);
            bank.remove(place);
            assertThat(bank.isEmpty()).isTrue();
        }
    }

    @Test
    void suitsNoFilterThatIsLargerOrVeryMuchSmaller() {
        FilterBank bank = new FilterBank(64);

        assertThat(bank.suits(filter(10_000))).isFalse();
        assertThat(bank.suits(filter(100))).isFalse();
    }

    @Test
    void readsAFilterAsItWasWritten() {
        for (int keys : new int[] {0, 1, 50, 51, 1000, 77_777}) {
            long[] hashes = random.longs(keys).toArray();
            BloomFilter filter = BloomFilter.of(hashes, keys);
            ByteBuffer stored = ByteBuffer.allocate(filter.sizeBytes());
            filter.writeTo(stored);
            BloomFilter read = BloomFilter.read(stored.flip());
            for (long hash : hashes) {
                assertThat(read.mayContain(hash)).isTrue();
            }
            long wrong = random.longs(10_000).filter(read::mayContain).count();
            assertThat(wrong).isLessThan(500);
        }
    }

    private BloomFilter filter(int keys) {
        return BloomFilter.of(random.longs(keys).toArray(), keys);
    }
}
