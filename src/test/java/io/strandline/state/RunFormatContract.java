package io.strandline.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.strandline.state.RunReader.Found;
import io.strandline.storage.BlobReader;
import io.strandline.storage.Digest;
import io.strandline.storage.SnapshotStore;
import io.strandline.storage.StagedBlob;
import io.strandline.storage.Staging;
import io.strandline.storage.file.FileSnapshotStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every encoding of runs has to do. Entries are shown as hexadecimal text, delete markers as {@code deleted}. */
public abstract class RunFormatContract {

    private static final String DELETED = "deleted";

    protected final SplittableRandom random = new SplittableRandom(17);

    @TempDir
    protected Path directory;

    private SnapshotStore store;
    private int areas;

    /** The encoding under test. */
    protected abstract RunFormat format();

    @BeforeEach
    void openStore() throws IOException {
        store = FileSnapshotStore.open(directory.resolve("store"), Clock.systemUTC());
    }

    @AfterEach
    void closeStore() throws IOException {
        store.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 40, 1000, 30_000})
    void readsWhatWasWritten(int entries) throws IOException {
        NavigableMap<String, String> written = entries(entries);
        try (RunReader reader = format().reader(write(written))) {
            assertThat(walk(reader, "")).isEqualTo(written);
            for (Map.Entry<String, String> entry : sample(written)) {
                assertThat(get(reader, entry.getKey())).isEqualTo(entry.getValue());
            }
        }
    }

    @Test
    void findsNothingThatWasNotWritten() throws IOException {
        NavigableMap<String, String> written = entries(5000);
        try (RunReader reader = format().reader(write(written))) {
            for (int i = 0; i < 20_000; i++) {
                String key = key();
                assertThat(get(reader, key)).isEqualTo(written.getOrDefault(key, "absent"));
            }
        }
    }

    @Test
    void standsBeforeTheFirstKeyAtOrBehindTheOneSought() throws IOException {
        NavigableMap<String, String> written = entries(3000);
        try (RunReader reader = format().reader(write(written))) {
            for (int i = 0; i < 200; i++) {
                String from = key().substring(0, 2 * (1 + random.nextInt(3)));
                assertThat(walk(reader, from)).isEqualTo(written.tailMap(from));
            }
            assertThat(walk(reader, "7fffffff")).isEmpty();
        }
    }

    @Test
    void keepsKeysAndValuesOfAnyLength() throws IOException {
        NavigableMap<String, String> written = new TreeMap<>();
        for (int length : new int[] {2, 3, 9, 10, 11, 200, 5000, 300_000}) {
            byte[] key = new byte[length];
            random.nextBytes(key);
            key[0] = (byte) length;
            byte[] value = new byte[length == 9 ? 0 : length];
            random.nextBytes(value);
            key[0] &= 0x7f;
            written.put(hex(key), hex(value));
        }
        try (RunReader reader = format().reader(write(written))) {
            assertThat(walk(reader, "")).isEqualTo(written);
            for (String key : written.keySet()) {
                assertThat(get(reader, key)).isEqualTo(written.get(key));
            }
        }
    }

    @Test
    void refusesDamagedBytesWhereverTheyLie() throws IOException {
        NavigableMap<String, String> written = entries(2000);
        Path file = write(written).path().orElseThrow();
        byte[] whole = Files.readAllBytes(file);
        for (int i = 0; i < 200; i++) {
            byte[] bytes = whole.clone();
            int at = i < 60 ? bytes.length - 1 - i : random.nextInt(bytes.length);
            bytes[at] ^= (byte) (1 << random.nextInt(8));
            assertRefusedOrRead(bytes, written);
        }
        for (int i = 0; i < 50; i++) {
            byte[] cut = Arrays.copyOf(whole, random.nextInt(whole.length));
            assertThatThrownBy(() -> readAll(cut)).isInstanceOf(IOException.class);
        }
    }

    private void assertRefusedOrRead(byte[] bytes, NavigableMap<String, String> written) {
        try {
            assertThat(readAll(bytes)).isEqualTo(written);
        } catch (IOException refused) {
            assertThat(refused).hasMessageContaining("damaged");
        }
    }

    /** All entries of a run that lies in memory. */
    protected Map<String, String> readAll(byte[] bytes) throws IOException {
        try (RunReader reader = format().reader(new Bytes(bytes))) {
            return walk(reader, "");
        }
    }

    /** Writes entries into a run of the store. */
    protected BlobReader write(NavigableMap<String, String> entries) throws IOException {
        try (Staging area = store.openStaging("area-" + ++areas)) {
            StagedBlob staged;
            try (RunWriter writer = format().writer(area.create("run"))) {
                for (Map.Entry<String, String> entry : entries.entrySet()) {
                    if (entry.getValue().equals(DELETED)) {
                        writer.delete(bytes(entry.getKey()));
                    } else {
                        writer.put(bytes(entry.getKey()), bytes(entry.getValue()));
                    }
                }
                staged = writer.finish();
            }
            area.publish(List.of(staged));
            area.committed();
            Digest digest = staged.blob().digest();
            return store.open(digest);
        }
    }

    /** Random entries, some of them delete markers or empty. */
    protected NavigableMap<String, String> entries(int count) {
        NavigableMap<String, String> entries = new TreeMap<>();
        while (entries.size() < count) {
            byte[] value = new byte[random.nextInt(60)];
            random.nextBytes(value);
            entries.put(key(), random.nextInt(10) == 0 ? DELETED : hex(value));
        }
        return entries;
    }

    private String key() {
        byte[] key = new byte[4 + 2 * random.nextInt(5)];
        random.nextBytes(key);
        key[0] = 0;
        key[1] &= 0x1f;
        key[2] &= 0x0f;
        return hex(key);
    }

    private List<Map.Entry<String, String>> sample(NavigableMap<String, String> entries) {
        return entries.entrySet().stream()
                .filter(entry -> entries.size() < 2000 || random.nextInt(10) == 0)
                .toList();
    }

    private static Map<String, String> walk(RunReader reader, String from) throws IOException {
        Map<String, String> entries = new TreeMap<>();
        try (RunReader.Cursor cursor = reader.seek(bytes(from))) {
            while (cursor.next()) {
                ByteBuffer value = cursor.value();
                entries.put(hex(cursor.key()), value == null ? DELETED : hex(value));
            }
        }
        return entries;
    }

    private static String get(RunReader reader, String key) throws IOException {
        Found found = reader.get(bytes(key));
        ByteBuffer value = found.value();
        return switch (found.kind()) {
            case ABSENT -> "absent";
            case DELETED -> DELETED;
            case VALUE -> value == null ? "null" : hex(value);
        };
    }

    protected static ByteBuffer bytes(String hex) {
        return ByteBuffer.wrap(HexFormat.of().parseHex(hex));
    }

    private static String hex(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(buffer.position(), bytes);
        return hex(bytes);
    }

    protected static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    /** A blob in memory. */
    private record Bytes(byte[] bytes) implements BlobReader {

        @Override
        public long sizeBytes() {
            return bytes.length;
        }

        @Override
        public ByteBuffer view(long offset, int length) throws IOException {
            if (offset < 0 || length < 0 || offset + length > bytes.length) {
                throw new IOException("damaged: beyond the end");
            }
            return ByteBuffer.wrap(bytes).slice((int) offset, length).asReadOnlyBuffer();
        }

        @Override
        public Optional<Path> path() {
            return Optional.empty();
        }

        @Override
        public void close() {}
    }
}
