package io.strandline.storage.file;

import io.strandline.storage.disk.Aftermath;
import io.strandline.storage.disk.DurableFrontier;
import io.strandline.storage.disk.Trouble;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;

/** A directory with a store in it that knows what of it would survive a power cut; nothing is really fsynced. */
public final class PowerCut {

    private final Path top;
    private final DurableFrontier frontier;

    private PowerCut(Path top) throws IOException {
        this.top = top;
        this.frontier = new DurableFrontier(top, Trouble.NONE, synced -> false);
    }

    /** Over a directory, which is made when there is none and taken as durable. */
    public static PowerCut over(Path top) throws IOException {
        Files.createDirectories(top.resolve("store"));
        return new PowerCut(top);
    }

    /** The store. */
    public FileSnapshotStore store(Clock clock) throws IOException {
        return FileSnapshotStore.open(top.resolve("store"), clock, frontier);
    }

    /** Cuts the power: what was durable, and by chance some of what was not, is found in {@code target} afterwards. */
    public PowerCut now(Path target, long seed) throws IOException {
        frontier.survivors(target, Aftermath.random(seed));
        return over(target);
    }
}
