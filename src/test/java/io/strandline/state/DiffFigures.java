package io.strandline.state;

import io.strandline.snapshot.KeyGroupRange;
import io.strandline.snapshot.Run;
import io.strandline.snapshot.StateContent;
import io.strandline.snapshot.StateSchema;
import io.strandline.state.diff.Alignment;
import io.strandline.state.diff.ReadMeter;
import io.strandline.state.diff.StateComparison;
import io.strandline.state.diff.StateTally;
import io.strandline.state.run.FlatRunFormat;
import io.strandline.state.run.RunFiles;
import io.strandline.storage.SnapshotStore;
import io.strandline.storage.StagedBlob;
import io.strandline.storage.Staging;
import io.strandline.storage.file.FileSnapshotStore;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.LongPredicate;
import java.util.stream.Stream;

/**
 * Measures what comparing two versions reads when one key in a hundred changed, against reading both from end to end. Not a test: run
 * by name, see docs/measurements.md. Argument: number of keys, by default 5000000, each with 100 random bytes.
 */
final class DiffFigures {

    private static final int KEY_GROUPS = 128;
    private static final int VALUE_BYTES = 100;
    private static final StateSchema SCHEMA = StateContents.NOTES;

    private final PrintStream out =
            new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
    private final SplittableRandom random = new SplittableRandom(7);
    private final RunFormat format = new FlatRunFormat();
    private final SnapshotStore store;
    private final long keys;

    private DiffFigures(SnapshotStore store, long keys) {
        this.store = store;
        this.keys = keys;
    }

    public static void main(String[] arguments) throws IOException {
        long keys = arguments.length > 0 ? Long.parseLong(arguments[0]) : 5_000_000;
        Path directory = Files.createTempDirectory("strandline-diff-");
        try (SnapshotStore store = FileSnapshotStore.open(directory, Clock.systemUTC())) {
            new DiffFigures(store, keys).measure();
        } finally {
            try (Stream<Path> files = Files.walk(directory)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private void measure() throws IOException {
        Run base = write(1, key -> true);
        Run scattered = write(2, key -> random.nextInt(100) == 0);
        Run adjacent = write(3, key -> key % (keys / KEY_GROUPS) < keys / KEY_GROUPS / 100);
        Run other = write(4, key -> true);
        for (int round = 0; round < 2; round++) {
            compare("everything rewritten", List.of(base), List.of(other));
            compare("1 % scattered", List.of(base), List.of(base, scattered));
            compare("1 % of adjacent keys", List.of(base), List.of(base, adjacent));
        }
    }

    private void compare(String what, List<Run> from, List<Run> to) throws IOException {
        ReadMeter meter = new ReadMeter();
        RunFiles files = new RunFiles(meter.counting(store::open), List.of(format));
        Alignment alignment = Alignment.of(new StateContent(SCHEMA, from), new StateContent(SCHEMA, to));
        long began = System.nanoTime();
        StateTally tally;
        try (StateComparison comparison = new StateComparison(alignment, KEY_GROUPS, files, files, () -> {})) {
            tally = comparison.count(difference -> true);
        }
        long both = Stream.of(from, to)
                .flatMap(List::stream)
                .mapToLong(Run::sizeBytes)
                .sum();
        out.printf(
                Locale.ROOT,
                "%s: %,d differ, %.1f of %.1f MB read (%.1f %%), %d ms%n",
                what,
                tally.total().differences(),
                meter.bytes() / 1e6,
                both / 1e6,
                100.0 * meter.bytes() / both,
                (System.nanoTime() - began) / 1_000_000);
    }

    private Run write(int number, LongPredicate which) throws IOException {
        byte[] value = new byte[VALUE_BYTES];
        ByteBuffer key = ByteBuffer.allocate(Short.BYTES + Long.BYTES);
        long entries = 0;
        try (Staging staging = store.openStaging("figures-" + number)) {
            StagedBlob blob;
            try (RunWriter writer = format.writer(staging.create("run"))) {
                for (long i = 0; i < keys; i++) {
                    if (which.test(i)) {
                        random.nextBytes(value);
                        key.clear()
                                .putShort((short) (i * KEY_GROUPS / keys))
                                .putLong(i)
                                .flip();
                        writer.put(key, ByteBuffer.wrap(value));
                        entries++;
                    }
                }
                blob = writer.finish();
            }
            staging.publish(List.of(blob));
            return new Run(number, 0, new KeyGroupRange(0, KEY_GROUPS - 1), entries, 0, blob.blob());
        }
    }
}
