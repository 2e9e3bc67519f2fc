package io.strandline.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.strandline.storage.Blob;
import io.strandline.storage.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ManifestFormatTests {

    private static final SnapshotId ID = SnapshotId.parse("01990f3c-5a00-7abc-8def-0123456789ab");
    private static final SnapshotId PARENT = SnapshotId.parse("01990f3b-0000-7abc-8def-0123456789ab");

    private final ManifestWriter writer = new ManifestWriter();
    private final ManifestReader reader = new ManifestReader();

    @Test
    void readsBackWhatItWrote() throws IOException {
        for (int seed = 0; seed < 300; seed++) {
            Manifest manifest = new RandomManifests(seed).next();

            assertThat(reader.read(writer.write(manifest))).as("seed %d", seed).isEqualTo(manifest);
        }
    }

    @Test
    void writesTheSameBytesForTheSameVersion() throws IOException {
        for (int seed = 0; seed < 50; seed++) {
            byte[] bytes = writer.write(new RandomManifests(seed).next());

            assertThat(new ManifestWriter().write(reader.read(bytes)))
                    .as("seed %d", seed)
                    .isEqualTo(bytes);
        }
    }

    /** A change of this file is a change of the format: versions written before must stay readable under their digest. */
    @Test
    void writesTheGoldenManifest() throws IOException {
        byte[] golden = resource("manifest-v1.json");

        assertThat(new String(writer.write(example()), StandardCharsets.UTF_8))
                .isEqualTo(new String(golden, StandardCharsets.UTF_8));
        assertThat(reader.read(golden)).isEqualTo(example());
    }

    @Test
    void saysNothingWhereTheSpecificationWantsALayer() throws IOException {
        SnapshotContent empty = new SnapshotContent(1, SnapshotMode.FULL, "memory", 1, 128, List.of(), List.of(), 0);
        Manifest manifest = with(empty);

        assertThat(new String(writer.write(manifest), StandardCharsets.UTF_8))
                .contains("\"layers\":[{\"mediaType\":\"application/vnd.oci.empty.v1+json\"");
        assertThat(reader.read(writer.write(manifest))).isEqualTo(manifest);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "snapshot.v1+json|snapshot.v2+json|artifactType is application/vnd.strandline.snapshot.v2+json",
                "\"schemaVersion\":2|\"schemaVersion\":3|schemaVersion is not 2",
                "\"schemaVersion\":2|\"schemaVersion\":\"2\"|schemaVersion is not a whole number",
                "\"schemaVersion\":2|\"schemaVersion\":2,\"schemaVersion\":2|Duplicate",
                "\"schemaVersion\":2|\"schemaVersion\":2,\"subject\":null|subject is not a field of this format",
                "\"io.strandline.epoch\":\"7\",||io.strandline.epoch is missing",
                "\"io.strandline.epoch\":\"7\"|\"io.strandline.epoch\":\"07\"|not written as numbers are",
                "\"io.strandline.epoch\":\"7\"|\"io.strandline.epoch\":\"x\"|not a whole number",
                "\"io.strandline.kind\":\"MANUAL\"|\"io.strandline.kind\":\"manual\"|is no SnapshotKind",
                "\"io.strandline.max-parallelism\":\"128\"|\"io.strandline.max-parallelism\":\"64\"|64 key groups",
                "\"io.strandline.deletes\":\"2\"|\"io.strandline.deletes\":\"2000\"|cannot have 2000 deletes",
                "\"io.strandline.state\":\"aggregates\"|\"io.strandline.state\":\"other\"|names an unknown state",
                "\"io.strandline.key-groups\":\"0-127\"|\"io.strandline.key-groups\":\"127\"|not first-last",
                "\"size\":4096|\"size\":-1|negative size",
                "\"digest\":\"sha256:aaaa|\"digest\":\"md5:aaaa|not a sha256: digest",
                "01990f3c-5a00-7abc-8def-0123456789ab|1-1-1-1-1|not a UUID",
                "2026-08-01T12:00:01.500Z|yesterday|out of range",
            })
    void refusesAManifestThatWasChanged(String from, String to, String message) throws IOException {
        String golden = new String(resource("manifest-v1.json"), StandardCharsets.UTF_8);
        assertThat(golden).contains(from);
        byte[] changed = golden.replace(from, to == null ? "" : to).getBytes(StandardCharsets.UTF_8);

        assertThatThrownBy(() -> reader.read(changed))
                .isInstanceOf(MalformedManifestException.class)
                .hasMessageContaining(message);
    }

    @Test
    void refusesAConfigThatIsNotWhatItsDigestSays() throws IOException {
        String golden = new String(resource("manifest-v1.json"), StandardCharsets.UTF_8);
        String data = golden.replaceAll("(?s).*\"data\":\"([^\"]*)\".*", "$1");
        String config = new String(Base64.getDecoder().decode(data), StandardCharsets.UTF_8);
        String other = Base64.getEncoder()
                .encodeToString(config.replace("4711", "4712").getBytes(StandardCharsets.UTF_8));

        assertThatThrownBy(() -> reader.read(golden.replace(data, other).getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(MalformedManifestException.class)
                .hasMessageContaining("config/data is not what its digest and size say");
    }

    @Test
    void neverEndsInAnythingButARefusalWhenBytesAreChanged() throws IOException {
        byte[] golden = resource("manifest-v1.json");
        Random random = new Random(7);
        int refused = 0;
        for (int round = 0; round < 3000; round++) {
            byte[] changed = golden.clone();
            changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
            try {
                reader.read(changed);
            } catch (MalformedManifestException e) {
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(1500);
    }

    @Test
    void refusesWhatIsNestedTooDeep() {
        byte[] deep = ("{\"a\":" + "[".repeat(100_000)).getBytes(StandardCharsets.UTF_8);

        assertThatThrownBy(() -> reader.read(deep)).isInstanceOf(MalformedManifestException.class);
    }

    static Manifest example() {
        StateSchema aggregates = new StateSchema(
                "aggregates",
                StateSchema.Form.KEYED,
                List.of(new Column("origin", ColumnType.STRING)),
                false,
                List.of(new Column("count", ColumnType.LONG), new Column("delay", ColumnType.DOUBLE)));
        StateSchema timers = new StateSchema(
                "timers", StateSchema.Form.TIMERS, List.of(new Column("origin", ColumnType.STRING)), true, List.of());
        Blob base = new Blob("application/vnd.strandline.run.sst.v1", new Digest("a".repeat(64)), 4096);
        Blob change = new Blob("application/vnd.strandline.run.flat.v1", new Digest("b".repeat(64)), 512);
        List<Run> runs = List.of(
                new Run(40, 0, new KeyGroupRange(0, 127), 1000, 0, base),
                new Run(42, 1, new KeyGroupRange(0, 63), 10, 2, change));
        return with(new SnapshotContent(
                42,
                SnapshotMode.INCREMENTAL,
                "rocksdb",
                2,
                128,
                List.of(
                        new SourcePosition("flights", "flights.csv", 4711, 1_754_049_600_000L),
                        new SourcePosition("flights", "later.csv", 0, Long.MIN_VALUE)),
                List.of(
                        new OperatorContent("late", Long.MIN_VALUE, List.of()),
                        new OperatorContent(
                                "by-origin",
                                1_754_049_000_000L,
                                List.of(new StateContent(aggregates, runs), new StateContent(timers, List.of())))),
                512));
    }

    private static Manifest with(SnapshotContent content) {
        return new Manifest(
                ID,
                "01990f00-0000-7000-8000-000000000001",
                "flights",
                "main",
                SnapshotKind.MANUAL,
                PARENT,
                PARENT,
                null,
                7,
                3,
                Instant.parse("2026-08-01T12:00:01Z"),
                Instant.parse("2026-08-01T12:00:01.500Z"),
                List.of(new LineSegment("main", 1, content.number())),
                content,
                null,
                null);
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream stream = ManifestFormatTests.class.getResourceAsStream(name)) {
            return Objects.requireNonNull(stream, name).readAllBytes();
        }
    }
}
