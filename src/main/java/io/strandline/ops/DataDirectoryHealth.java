package io.strandline.ops;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/** UP when the data directory can be written and has room for more snapshots, DEGRADED while it has hardly any. */
public final class DataDirectoryHealth extends AbstractHealthIndicator {

    private final Path directory;
    private final long leastFreeBytes;

    /** {@code leastFreeBytes}: with less free, the directory counts as full. */
    public DataDirectoryHealth(Path directory, long leastFreeBytes) {
        super("The data directory cannot be looked at");
        this.directory = directory;
        this.leastFreeBytes = leastFreeBytes;
    }

    @Override
    protected void doHealthCheck(Health.Builder health) throws IOException {
        if (!Files.isDirectory(directory) || !Files.isWritable(directory)) {
            health.down().withDetail("reason", "the data directory cannot be written");
            return;
        }
        long free = Files.getFileStore(directory).getUsableSpace();
        health.withDetail("freeBytes", free).withDetail("leastFreeBytes", leastFreeBytes);
        if (free < leastFreeBytes) {
            health.status(ModesHealth.DEGRADED)
                    .withDetail(
                            "reason",
                            "the disk is nearly full; free space with POST /api/v1/trash/purge or a stricter policy");
        } else {
            health.up().withDetail("reason", "the data directory can be written");
        }
    }
}
