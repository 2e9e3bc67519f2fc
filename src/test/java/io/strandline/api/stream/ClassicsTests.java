package io.strandline.api.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.strandline.api.function.Collector;
import io.strandline.api.function.Context;
import io.strandline.api.function.OpenContext;
import io.strandline.api.function.ProcessFunction;
import io.strandline.api.state.StateDescriptor;
import io.strandline.api.state.ValueState;
import io.strandline.api.type.Types;
import io.strandline.engine.connector.sequence.SequenceSource;
import io.strandline.snapshot.Manifest;
import io.strandline.snapshot.SnapshotMode;
import io.strandline.state.SnapshotReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClassicsTests {

    private static final Pattern BLOCK = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

    @TempDir
    Path directory;

    record Word(String text, long count) {}

    // doc: counter
    /** Counts how often each word has come. */
    static final class Counter implements ProcessFunction<String, String, Word> {

        private ValueState<Long> count;

        @Override
        public void open(OpenContext context) {
            count = context.state(StateDescriptor.value("count", Types.LONG));
        }

        @Override
        public void process(String word, Context<String> context, Collector<Word> out) {
            long now = count.valueOr(0L) + 1;
            count.update(now);
            out.collect(new Word(word, now));
        }
    }
    // end

    @Test
    void theDocumentedProgramsRun() throws IOException {
        Map<String, Long> counts = new ConcurrentHashMap<>();
        // doc: checkpoints
        try (LocalEngine engine = LocalEngine.in(directory)) {
            StreamJob job = StreamJob.named("words")
                    .parallelism(2)
                    .checkpointEvery(Duration.ofSeconds(1))
                    .backend("rocksdb")
                    .snapshots(SnapshotMode.INCREMENTAL);
            job.from("words", Types.STRING, List.of("to", "be", "or", "not", "to", "be"))
                    .keyBy(Types.STRING, word -> word)
                    .process("counter", Types.record(Word.class), Counter::new)
                    .forEach("counts", word -> counts.put(word.text(), word.count()));

            Manifest version = engine.start(job).awaitEnd();
            try (SnapshotReader state = engine.read(version)) {
                state.lookup("counter", "count", List.of("be")); // one entry, with the value 2
            }
        }
        // end
        assertThat(counts)
                .containsOnly(Map.entry("to", 2L), Map.entry("be", 2L), Map.entry("or", 1L), Map.entry("not", 1L));
    }

    @Test
    void theDocumentShowsThePrograms() throws IOException {
        String source = Files.readString(Path.of("src/test/java/io/strandline/api/stream/ClassicsTests.java"));
        List<String> shown = BLOCK.matcher(Files.readString(Path.of("docs/java.md")))
                .results()
                .map(block -> block.group(1))
                .toList();

        assertThat(shown).hasSize(2).containsExactly(part(source, "checkpoints"), part(source, "counter"));
    }

    private static String part(String source, String name) {
        String from = "// doc: " + name + "\n";
        int start = source.indexOf(from) + from.length();
        return source.substring(start, source.indexOf("// end", start))
                .stripTrailing()
                .stripIndent()
                .concat("\n");
    }

    private StreamJob sums(String backend, int parallelism) {
        StreamJob job = StreamJob.named("sums")
                .parallelism(parallelism)
                .checkpointEvery(null)
                .backend(backend);
        job.from("numbers", new SequenceSource(4, 5_000L, 300, 7))
                .map("values", Types.LONG, row -> row.getLong("key"))
                .keyBy(Types.LONG, key -> key)
                .process("counter", Types.LONG, NumberCounter::new)
                .forEach("forgotten", count -> {});
        return job;
    }

    static final class NumberCounter implements ProcessFunction<Long, Long, Long> {

        private ValueState<Long> count;

        @Override
        public void open(OpenContext context) {
            count = context.state(StateDescriptor.value("count", Types.LONG));
        }

        @Override
        public void process(Long key, Context<Long> context, Collector<Long> out) {
            count.update(count.valueOr(0L) + 1);
            out.collect(count.value());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"rocksdb", "filesystem"})
    void restoringAVersionGivesTheStateItWasMadeOf(String backend) throws IOException {
        try (LocalEngine engine = LocalEngine.in(directory)) {
            Manifest version = engine.start(sums(backend, 2)).awaitEnd();
            Manifest again = engine.start(sums("filesystem", 3), version).awaitEnd();

            assertThat(again.id()).isNotEqualTo(version.id());
            assertThat(digest(engine, again)).isEqualTo(digest(engine, version));
        }
    }

    @Test
    void aRunThatIsBrokenOffEndsAsOneThatIsNot() throws IOException {
        try (LocalEngine engine = LocalEngine.in(directory.resolve("broken"));
                LocalEngine other = LocalEngine.in(directory.resolve("whole"))) {
            LocalRun run = engine.start(sums("rocksdb", 2));
            Manifest early = run.checkpoint();
            run.cancel();
            Manifest end = engine.start(sums("rocksdb", 1), early).awaitEnd();

            assertThat(digest(engine, end))
                    .isEqualTo(digest(other, other.start(sums("rocksdb", 2)).awaitEnd()));
        }
    }

    @Test
    void aNullKeyEndsTheJobWithItsValue() throws IOException {
        StreamJob job = StreamJob.named("nulls");
        job.from("words", Types.STRING, List.of("a", "b"))
                .keyBy(Types.STRING, word -> word.equals("b") ? null : word)
                .process("counter", Types.record(Word.class), Counter::new)
                .forEach("forgotten", word -> {});
        try (LocalEngine engine = LocalEngine.in(directory)) {
            LocalRun run = engine.start(job);
            assertThatThrownBy(run::awaitEnd).hasMessageContaining("the key of b is null");
        }
    }

    @Test
    void aFunctionThatThrowsEndsTheJobWithItsValue() throws IOException {
        StreamJob job = StreamJob.named("throws");
        job.from("words", Types.STRING, List.of("a", "b"))
                .map("length", Types.LONG, word -> Long.parseLong(word))
                .forEach("forgotten", length -> {});
        try (LocalEngine engine = LocalEngine.in(directory)) {
            LocalRun run = engine.start(job);
            assertThatThrownBy(run::awaitEnd)
                    .hasMessageContaining("java.lang.NumberFormatException")
                    .hasMessageContaining("process of a");
        }
    }

    private static String digest(LocalEngine engine, Manifest version) throws IOException {
        try (SnapshotReader reader = engine.read(version)) {
            return reader.stateDigest().hex();
        }
    }
}
