package io.strandline.state.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.strandline.state.RunFormat;
import io.strandline.state.RunFormatContract;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.NavigableMap;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

class FlatRunFormatTests extends RunFormatContract {

    @Override
    protected RunFormat format() {
        return new FlatRunFormat();
    }

    @Test
    void readsRunsOfTheFirstVersion() throws IOException {
        NavigableMap<String, String> written = entries(3000);
        byte[] now = Files.readAllBytes(write(written).path().orElseThrow());

        byte[] then = ofFirstVersion(now);

        assertThat(then).hasSizeGreaterThan(now.length);
        assertThat(readAll(then)).isEqualTo(written);
    }

    /** The same run with an index of whole keys and offsets. */
    private static byte[] ofFirstVersion(byte[] run) {
        ByteBuffer in = ByteBuffer.wrap(run);
        int footerAt = run.length - FlatRunFormat.FOOTER_BYTES;
        int indexAt = (int) in.getLong(footerAt);
        int bloomAt = indexAt + in.getInt(footerAt + 8);
        ByteBuffer index = ByteBuffer.allocate(100 * run.length / 768);
        byte[] key = new byte[300];
        int offset = FlatRunFormat.HEADER_BYTES;
        for (int at = indexAt; at < bloomAt; ) {
            int[] numbers = new int[3];
            for (int i = 0; i < numbers.length; i++) {
                numbers[i] = Varints.at(in, at);
                at += Varints.length(numbers[i]);
            }
            in.get(at, key, numbers[0], numbers[1]);
            at += numbers[1];
            int keyLength = numbers[0] + numbers[1];
            index.putInt(keyLength).putLong(offset).put(key, 0, keyLength);
            offset += numbers[2];
        }
        byte[] tail = ByteBuffer.allocate(index.position() + footerAt - bloomAt)
                .put(index.array(), 0, index.position())
                .put(run, bloomAt, footerAt - bloomAt)
                .array();
        CRC32C checksum = new CRC32C();
        checksum.update(tail);
        byte[] footer = Arrays.copyOfRange(run, footerAt, run.length);
        ByteBuffer.wrap(footer)
                .putInt(8, index.position())
                .putInt(32, (int) checksum.getValue())
                .putInt(36, 1);
        return ByteBuffer.allocate(indexAt + tail.length + footer.length)
                .put(run, 0, indexAt)
                .put(tail)
                .put(footer)
                .array();
    }
}
