package io.strandline.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.strandline.snapshot.Column;
import io.strandline.snapshot.ColumnType;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The encoding of keys: order, self-delimitation, round trip, hash. */
class KeyCodecTests {

    @Test
    void keepsTheOrderOfWholeNumbers() {
        assertAscending(ColumnType.LONG, Long.MIN_VALUE, -257L, -1L, 0L, 1L, 255L, 256L, Long.MAX_VALUE);
    }

    @Test
    void keepsTheOrderOfDoubles() {
        assertAscending(
                ColumnType.DOUBLE,
                Double.NEGATIVE_INFINITY,
                -1e300,
                -1.5,
                -Double.MIN_VALUE,
                0.0,
                Double.MIN_VALUE,
                2.5,
                Double.POSITIVE_INFINITY,
                Double.NaN);
    }

    @Test
    void keepsTheOrderOfStringsWhateverTheyContain() {
        assertAscending(ColumnType.STRING, "", "\0", "\0\0", "\0a", "a", "a\0", "a\0b", "aa", "b", "é", "中", "😀");
    }

    @Test
    void takesBothZerosForOneKey() {
        assertThat(encode(ColumnType.DOUBLE, -0.0)).isEqualTo(encode(ColumnType.DOUBLE, 0.0));
    }

    @Test
    void tellsNeighbouringStringColumnsApart() {
        KeyCodec codec = new KeyCodec(List.of(new Column("a", ColumnType.STRING), new Column("b", ColumnType.STRING)));
        KeyBuffer first = new KeyBuffer();
        KeyBuffer second = new KeyBuffer();

        codec.encode(List.of("x\0", "y"), first);
        codec.encode(List.of("x", "\0y"), second);

        assertThat(Arrays.copyOf(first.bytes(), first.length()))
                .isNotEqualTo(Arrays.copyOf(second.bytes(), second.length()));
        assertThat(codec.decode(ByteBuffer.wrap(first.bytes(), 0, first.length())))
                .containsExactly("x\0", "y");
    }

    @Test
    void hashesWholeNumbersAsTheirEncodedBytes() {
        long[] hashes = new long[2];
        new KeyHasher(List.of(new Column("k", ColumnType.LONG))).hash(new Object[] {new long[] {-7, 42}}, 2, hashes);

        byte[] encoded = encode(ColumnType.LONG, 42L);
        assertThat(hashes[1]).isEqualTo(Murmur3.hash(encoded, 0, encoded.length));
        assertThat(hashes[0]).isNotEqualTo(hashes[1]);
    }

    /** First half of the published x64 128 results. */
    @Test
    void agreesWithThePublishedHash() {
        byte[] text = "The quick brown fox jumps over the lazy dog".getBytes(StandardCharsets.US_ASCII);

        assertThat(Murmur3.hash(text, 0, text.length)).isEqualTo(0xe34bbc7bbc071b6cL);
        assertThat(Murmur3.hash(text, 0, 0)).isZero();
    }

    private static void assertAscending(ColumnType type, Object... values) {
        KeyCodec codec = new KeyCodec(List.of(new Column("k", type)));
        byte[] previous = null;
        for (Object value : values) {
            byte[] encoded = encode(type, value);
            if (previous != null) {
                assertThat(Arrays.compareUnsigned(previous, encoded))
                        .as("%s", value)
                        .isNegative();
            }
            assertThat(codec.decode(ByteBuffer.wrap(encoded))).containsExactly(value);
            previous = encoded;
        }
    }

    private static byte[] encode(ColumnType type, Object value) {
        KeyBuffer out = new KeyBuffer();
        new KeyCodec(List.of(new Column("k", type))).encode(List.of(value), out);
        return Arrays.copyOf(out.bytes(), out.length());
    }
}
