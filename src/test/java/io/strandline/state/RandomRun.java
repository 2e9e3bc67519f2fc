package io.strandline.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.strandline.snapshot.OperatorContent;
import io.strandline.snapshot.SnapshotMode;
import io.strandline.state.stored.SnapshotReaders;
import io.strandline.storage.Digest;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Some thousand random changes with freezes in between: swept and flushed bit by bit while changes go on, completed, failed,
 * aborted, full or incremental; now and then the instance is restored at another parallelism.
 */
final class RandomRun {

    private final Random random;
    private final FailingStore store;
    private final Opener opener;
    private final SnapshotReaders readers;
    private StateHarness state;
    private long epoch = 1;
    private long number;
    private boolean frozen;
    private StateContents caught;
    private List<OperatorContent> newest = List.of();
    private StateContents newestContents;

    RandomRun(long seed, FailingStore store, Opener opener, SnapshotReaders readers) throws IOException {
        this.random = new Random(seed);
        this.store = store;
        this.opener = opener;
        this.readers = readers;
        this.state = opener.open(1 + random.nextInt(3), epoch, List.of());
        this.caught = state.contents();
        this.newestContents = caught;
    }

    void run(int steps) throws IOException {
        for (int step = 0; step < steps; step++) {
            change();
            if (!frozen && random.nextInt(10) == 0) {
                caught = state.freeze(++number, random.nextInt(6) == 0 ? SnapshotMode.FULL : SnapshotMode.INCREMENTAL);
                frozen = state.isWritten();
                if (!frozen) {
                    state.instance.aborted(number);
                }
            } else if (frozen) {
                advance();
            } else if (random.nextInt(100) == 0 && number > 0) {
                restore();
            }
            compareSome();
            if (random.nextInt(10) == 0) {
                state.warmUp();
            }
        }
        state.close();
    }

    private void change() {
        switch (random.nextInt(12)) {
            case 0, 1, 2 -> state.addCounts(keys(), random.nextInt(100));
            case 3 -> state.removeCounts(keys());
            case 4 -> state.addWindow("w" + random.nextInt(40), random.nextInt(6) * 1000L - 2000);
            case 5 -> state.removeWindow("w" + random.nextInt(40), random.nextInt(6) * 1000L - 2000);
            case 6 -> state.register("t\0" + random.nextInt(40), random.nextInt(3), number * 10 + random.nextInt(30));
            case 7, 8 -> state.addNote("n" + random.nextInt(60), "é\0".repeat(random.nextInt(40)) + number);
            case 9 -> state.removeNote("n" + random.nextInt(60));
            case 10 -> unregister();
            default -> {
                StateContents before = state.contents();
                long upTo = number * 10 + random.nextInt(20);
                var fired = state.poll(upTo, 1 + random.nextInt(5));
                assertThat(before.timers()).containsAll(fired);
            }
        }
    }

    /** Takes back one that is there, or one that most likely is not. */
    private void unregister() {
        List<StateContents.Timer> there = List.copyOf(state.timers);
        state.unregister(
                there.isEmpty() || random.nextInt(4) == 0
                        ? new StateContents.Timer(number * 10 + random.nextInt(30), "t\0" + random.nextInt(40), 1)
                        : there.get(random.nextInt(there.size())));
    }

    private long[] keys() {
        int spread = random.nextInt(3) == 0 ? 3000 : 100;
        return random.longs(1 + random.nextInt(300), 0, spread)
                .map(key -> key * 0x9e3779b97f4a7c15L)
                .toArray();
    }

    private void advance() throws IOException {
        switch (random.nextInt(12)) {
            case 0, 1, 2, 3, 4 -> state.sweep();
            case 5 -> state.flush();
            case 6, 7 -> complete();
            case 8 -> {
                state.instance.aborted(number);
                endSweep();
                frozen = false;
            }
            case 9 -> {
                store.failing = true;
                endSweep();
                state.flush();
                store.failing = false;
                state.instance.aborted(number);
                frozen = false;
            }
            default -> {
                // nothing happens to the attempt this time
            }
        }
    }

    private void complete() throws IOException {
        newest = state.complete(number);
        newestContents = caught;
        frozen = false;
        StateContents read = StateContents.read(readers, newest, store.store());
        assertThat(read.sortedCounts()).isEqualTo(caught.sortedCounts());
        assertThat(read).isEqualTo(caught);
        sweepLeftovers();
    }

    /** Collects what nobody needs, as a server does: nothing that the instance goes on from may be among it. */
    private void sweepLeftovers() throws IOException {
        Set<Digest> named = newest.stream()
                .flatMap(operator -> operator.states().stream())
                .flatMap(content -> content.runs().stream())
                .map(run -> run.blob().digest())
                .collect(Collectors.toSet());
        for (String name : store.store().leftoverStagings()) {
            store.store().sweepStaging(name, named::contains);
        }
    }

    private void endSweep() {
        while (state.sweep()) {
            Thread.onSpinWait();
        }
    }

    private void restore() throws IOException {
        if (random.nextBoolean()) {
            state.flush();
        }
        state.close();
        state = opener.open(1 + random.nextInt(4), ++epoch, newest).expecting(newestContents);
    }

    private void compareSome() {
        for (int i = 0; i < 5; i++) {
            long key = random.nextInt(3000) * 0x9e3779b97f4a7c15L;
            assertThat(state.findCount(key)).isEqualTo(state.counts.get(key));
            String note = "n" + random.nextInt(60);
            assertThat(state.findNote(note)).isEqualTo(state.notes.get(note));
        }
    }

    /** Opens an instance. */
    @FunctionalInterface
    interface Opener {

        StateHarness open(int parallelism, long epoch, List<OperatorContent> restored) throws IOException;
    }
}
