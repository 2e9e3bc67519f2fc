package io.strandline.trust;

import static org.assertj.core.api.Assertions.assertThat;

import io.strandline.catalog.jpa.Database;
import io.strandline.storage.disk.Trouble;
import io.strandline.trust.Ordeal.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A whole cycle of trigger, commit, tag, expire, collect, restore, in which one call to the disk is the last, fails with EIO,
 * or finds the disk full; then a power cut, and everything acknowledged is there, nothing is half, and the job goes on.
 *
 * <p>By default a few calls chosen by {@code -Dstrandline.seed=}; {@code -Dstrandline.everyCall=1} takes every one,
 * {@code =3} every third.
 */
class EveryCallTests {

    private static final int EVERY = Integer.getInteger("strandline.everyCall", 0);
    private static final long SEED = Long.getLong("strandline.seed", 20021L);
    private static final int SAMPLE = Integer.getInteger("strandline.everyCall.sample", 2);
    private static final List<Trouble.Kind> KINDS =
            List.of(Trouble.Kind.POWER_CUT, Trouble.Kind.IO_ERROR, Trouble.Kind.DISK_FULL);
    /** A power cut when all is done, after which everything that was not fsynced is lost. */
    private static final Trouble AT_THE_END = new Trouble(400_000, Trouble.Kind.POWER_CUT);

    private static final Logger LOG = LoggerFactory.getLogger(EveryCallTests.class);

    private static Database database;

    @TempDir
    Path directory;

    private int runs;

    @BeforeAll
    static void openDatabase() {
        database = Database.inMemory();
    }

    @AfterAll
    static void closeDatabase() {
        database.close();
    }

    @ParameterizedTest
    @Timeout(value = 3, unit = TimeUnit.HOURS)
    @ValueSource(strings = {"rocksdb", "filesystem", "memory"})
    void everyPromiseIsKeptWhicheverCallFails(String backend) throws IOException {
        Outcome whole = run(backend, Trouble.NONE);
        assertThat(whole.broken()).isEmpty();
        assertThat(whole.acknowledged())
                .as("versions, tag, expiry, purge, move")
                .isEqualTo(10);
        List<String> broken = new ArrayList<>();
        for (Trouble.Kind kind : KINDS) {
            long acknowledged = 0;
            int[] calls = calls(whole.calls().size(), kind).toArray();
            for (int call : calls) {
                Outcome outcome = run(backend, new Trouble(call, kind));
                acknowledged += outcome.acknowledged();
                for (String what : outcome.broken()) {
                    broken.add(story(kind, call, outcome) + what);
                    LOG.warn("{}: {}", backend, broken.get(broken.size() - 1));
                }
            }
            LOG.info(
                    "{} on {}: {} of {} calls, seed {}, {} acknowledged, {} broken so far",
                    kind,
                    backend,
                    calls.length,
                    whole.calls().size(),
                    SEED,
                    acknowledged,
                    broken.size());
        }
        assertThat(broken).isEmpty();
    }

    /** The harness is worth what it notices: bugs planted on every build, of which one power cut at the end has to tell. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                ".*/journal/segment-\\d+\\.log",
                ".*/store/staging/[^/]+/(?!digests-).*",
                ".*/store/blobs/sha256",
                ".*/store/manifests/cycle/\\d+\\.json\\.tmp",
                ".*/store/manifests/cycle",
                ".*/files/out/\\.open-.*",
                ".*/files/out"
            })
    void noticesWhenAnFsyncIsLeftOut(String leftOut) throws IOException {
        Outcome outcome =
                run("filesystem", AT_THE_END, synced -> synced.toString().matches(leftOut));
        assertThat(outcome.broken()).isNotEmpty();
    }

    private static String story(Trouble.Kind kind, int call, Outcome outcome) {
        String at = call < outcome.calls().size() ? outcome.calls().get(call) : "the call after the last";
        return "%s at call %d (%s): ".formatted(kind, call, at);
    }

    private static IntStream calls(int all, Trouble.Kind kind) {
        return EVERY > 0
                ? IntStream.range(0, all).filter(call -> call % EVERY == 0)
                : new Random(SEED + kind.ordinal()).ints(SAMPLE, 0, all);
    }

    private Outcome run(String backend, Trouble trouble) throws IOException {
        return run(backend, trouble, synced -> false);
    }

    private Outcome run(String backend, Trouble trouble, Predicate<Path> leftOut) throws IOException {
        Path own = Files.createDirectory(directory.resolve("run-" + runs++));
        Outcome outcome = new Ordeal(own, database, backend, trouble, leftOut).run();
        try (Stream<Path> files = Files.walk(own)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
        return outcome;
    }
}
