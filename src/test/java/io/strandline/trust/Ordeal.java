package io.strandline.trust;

import io.strandline.catalog.Snapshot;
import io.strandline.catalog.journal.DataDirectory;
import io.strandline.catalog.jpa.Database;
import io.strandline.storage.disk.Aftermath;
import io.strandline.storage.disk.DurableFrontier;
import io.strandline.storage.disk.Trouble;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One life of a server with one trouble in it: a whole {@link Cycle} on a disk on which one call fails or is the last, then
 * a power cut whatever happened, a start on what is left of the disk, and everything that was promised.
 */
final class Ordeal {

    private static final int CATALOG_LOST_ONE_IN = 3;
    private static final String NEVER_STARTED = "never started: ";
    private static final String READ_ONLY = "read-only: ";

    private static final int SHOWN_WITHIN_SECONDS = 10;

    private final Path directory;
    private final Database database;
    private final String backend;
    private final Trouble trouble;
    private final Predicate<Path> leftOut;
    private final Promises promises = new Promises();
    private final Cycle cycle = new Cycle(promises);
    private final List<String> broken = new ArrayList<>();

    /** {@code leftOut} tells of which fsyncs nothing comes. */
    Ordeal(Path directory, Database database, String backend, Trouble trouble, Predicate<Path> leftOut) {
        this.directory = directory;
        this.database = database;
        this.backend = backend;
        this.trouble = trouble;
        this.leftOut = leftOut;
    }

    /** What came of it. */
    record Outcome(List<String> calls, long acknowledged, List<String> broken) {}

    Outcome run() throws IOException {
        database.empty();
        Path before = directory.resolve("before");
        DataDirectory.open(before, "test").close();
        DurableFrontier disk = new DurableFrontier(before, trouble, leftOut);
        live(before, disk);
        Path after = directory.resolve("after");
        disk.survivors(after, aftermath());
        if (trouble.at() % CATALOG_LOST_ONE_IN == 0) {
            database.empty();
        }
        try (Station station = Station.open(after, database, quiet(after), backend)) {
            broken.addAll(promises.broken(station));
            goOn(station);
        } catch (IOException | RuntimeException e) {
            broken.add("it does not go on: " + e);
        }
        return new Outcome(disk.made(), promises.acknowledged(), broken);
    }

    private void live(Path data, DurableFrontier disk) throws IOException {
        boolean lasting = trouble.kind() == Trouble.Kind.IO_ERROR || trouble.kind() == Trouble.Kind.DISK_FULL;
        @Nullable String end = liveOnce(data, disk, lasting);
        if (end == null || !lasting) {
            return;
        }
        if (end.startsWith(NEVER_STARTED)) {
            end = liveOnce(data, disk, true);
        }
        if (end != null && !end.startsWith(READ_ONLY)) {
            broken.add("it did not get over it: " + end);
        }
    }

    /** Returns why it ended early, null when the cycle was completed. */
    private @Nullable String liveOnce(Path data, DurableFrontier disk, boolean patiently) throws IOException {
        Station station;
        try {
            station = Station.open(data, database, disk, backend);
        } catch (IOException | RuntimeException e) {
            return NEVER_STARTED + e;
        }
        try (station) {
            if (patiently) {
                cycle.withPatience(station);
            } else {
                cycle.once(station);
            }
            return null;
        } catch (IOException | RuntimeException e) {
            return station.parts.journal.readOnly().map(READ_ONLY::concat).orElse(e.toString());
        }
    }

    /** What the power cut leaves depends on where the trouble was, so that every kind comes up. */
    private Aftermath aftermath() {
        return switch (Math.floorMod(trouble.at(), 4)) {
            case 0 -> Aftermath.allLost();
            case 1 -> Aftermath.nothingLost();
            default -> Aftermath.random(trouble.at());
        };
    }

    private static DurableFrontier quiet(Path data) throws IOException {
        return new DurableFrontier(data, Trouble.NONE, synced -> false);
    }

    private void goOn(Station station) throws IOException {
        station.submit();
        station.start();
        Snapshot version = station.checkpoint();
        // sinks show it some time after it is there, and a cancelled instance would leave that to its successor
        awaitOutput(station, version);
        station.stop();
        Promises.state(station, station.stored.manifest(version), broken);
        Promises.output(station, version, broken);
        station.collect();
        Promises.garbage(station, broken);
    }

    private static void awaitOutput(Station station, Snapshot version) throws IOException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SHOWN_WITHIN_SECONDS);
        List<String> missing = new ArrayList<>();
        do {
            missing.clear();
            Promises.output(station, version, missing);
        } while (!missing.isEmpty() && System.nanoTime() < deadline);
    }
}
