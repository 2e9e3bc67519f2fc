package io.strandline.snapshot;

import io.strandline.storage.Blob;
import io.strandline.storage.Digest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Makes manifests up, the same for the same seed, with names that are hard on a format. */
final class RandomManifests {

    private static final int MAX_PARALLELISM = 128;
    private static final List<String> NAMES =
            List.of("flights", "by-origin", "ä\"\\/\n", "日本", "😀", "a b", "null", "0", "x".repeat(300));

    private final Random random;

    RandomManifests(long seed) {
        this.random = new Random(seed);
    }

    Manifest next() {
        long number = random.nextInt(1_000_000);
        SnapshotContent content = new SnapshotContent(
                number,
                pick(SnapshotMode.values()),
                name(),
                1 + random.nextInt(16),
                MAX_PARALLELISM,
                list(3, () -> new SourcePosition(name(), name(), random.nextLong(), time())),
                operators(number),
                random.nextLong() >>> 1);
        return new Manifest(
                id(),
                "job-" + random.nextInt(10),
                name(),
                name(),
                pick(SnapshotKind.values()),
                idOrNull(),
                idOrNull(),
                idOrNull(),
                random.nextInt(100),
                random.nextInt(100),
                instant(),
                instant(),
                list(3, () -> new LineSegment(name(), random.nextInt(10), random.nextLong())),
                content,
                random.nextBoolean() ? "{\"name\":\"" + name() + "\"}" : null,
                random.nextBoolean() ? Digest.ofBytes(new byte[] {1}).toString() : null);
    }

    private List<OperatorContent> operators(long number) {
        List<OperatorContent> operators = new ArrayList<>();
        for (int index = random.nextInt(4); index > 0; index--) {
            List<StateContent> states = new ArrayList<>();
            for (int state = random.nextInt(3); state > 0; state--) {
                StateSchema schema = schema(name() + state);
                states.add(new StateContent(schema, list(4, () -> run(number))));
            }
            operators.add(new OperatorContent(name() + index, time(), states));
        }
        return operators;
    }

    private StateSchema schema(String name) {
        List<Column> key = new ArrayList<>(list(2, this::column));
        key.add(column());
        return new StateSchema(name, pick(StateSchema.Form.values()), key, random.nextBoolean(), list(3, this::column));
    }

    private Run run(long number) {
        int first = random.nextInt(MAX_PARALLELISM);
        int last = first + random.nextInt(MAX_PARALLELISM - first);
        long deletes = random.nextInt(1000);
        byte[] sha256 = new byte[32];
        random.nextBytes(sha256);
        return new Run(
                number == 0 ? 0 : random.nextLong(number),
                random.nextInt(5),
                new KeyGroupRange(first, last),
                deletes + random.nextInt(1000),
                deletes,
                new Blob("application/vnd.strandline.run.flat.v1", Digest.of(sha256), random.nextLong() >>> 1));
    }

    private Column column() {
        return new Column(name(), pick(ColumnType.values()));
    }

    private long time() {
        return random.nextInt(4) == 0 ? Long.MIN_VALUE : random.nextLong();
    }

    private Instant instant() {
        return Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000_000));
    }

    private SnapshotId id() {
        return new SnapshotId(new UUID(random.nextLong(), random.nextLong()));
    }

    private @Nullable SnapshotId idOrNull() {
        return random.nextBoolean() ? id() : null;
    }

    private String name() {
        return NAMES.get(random.nextInt(NAMES.size()));
    }

    private <T> List<T> list(int most, Supplier<T> element) {
        List<T> list = new ArrayList<>();
        for (int count = random.nextInt(most + 1); count > 0; count--) {
            list.add(element.get());
        }
        return list;
    }

    private <T> T pick(T[] values) {
        return values[random.nextInt(values.length)];
    }
}
