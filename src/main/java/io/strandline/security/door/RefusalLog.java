package io.strandline.security.door;

import io.strandline.security.limit.TokenBucket;
import io.strandline.storage.disk.Disk;
import io.strandline.storage.disk.Disk.OutputFile;
import io.strandline.storage.disk.FileStamp;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * Refused calls, one JSON object a line. Whoever hammers at the door fills neither the disk nor the log: so many lines a
 * second are written, the next one says how many were not, and of the files as many are kept as fit.
 */
public final class RefusalLog {

    private static final Logger log = LoggerFactory.getLogger(RefusalLog.class);

    private static final int LINES_PER_SECOND = 10;
    private static final int LINES_AT_ONCE = 100;
    private static final long FILE_BYTES = 4L << 20;
    private static final int OLD_FILES = 3;

    private final Disk disk;
    private final Path file;
    private final Clock clock;
    private final long fileBytes;
    private final TokenBucket lines;
    private final JsonMapper json = JsonMapper.shared();
    private long skipped;
    private boolean broken;

    /** A log in {@code file}, and in files beside it that end in {@code .1} (the newest) to {@code .3}. */
    public RefusalLog(Disk disk, Path file, Clock clock) {
        this(disk, file, clock, System::nanoTime, FILE_BYTES);
    }

    RefusalLog(Disk disk, Path file, Clock clock, LongSupplier nanos, long fileBytes) {
        this.disk = disk;
        this.file = file;
        this.clock = clock;
        this.fileBytes = fileBytes;
        this.lines = new TokenBucket(LINES_PER_SECOND, LINES_AT_ONCE, nanos);
    }

    /**
     * A call that was refused.
     *
     * @param actor who was known to send it; null when nobody was
     */
    record Refusal(
            int status,
            String code,
            String detail,
            @Nullable String actor,
            String remote,
            String method,
            String path,
            String requestId) {}

    /** Writes a refusal down, unless there were too many just now. */
    synchronized void add(Refusal refusal) {
        if (!lines.take().isZero()) {
            skipped++;
            return;
        }
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("at", clock.instant().toString());
        line.put("status", refusal.status());
        line.put("code", refusal.code());
        line.put("actor", refusal.actor());
        line.put("remote", refusal.remote());
        line.put("method", cut(refusal.method(), 20));
        line.put("path", cut(refusal.path(), 300));
        line.put("requestId", refusal.requestId());
        line.put("detail", cut(refusal.detail(), 500));
        if (skipped > 0) {
            line.put("skippedBefore", skipped);
        }
        try {
            append(json.writeValueAsString(line) + "\n");
            skipped = 0;
            broken = false;
        } catch (IOException e) {
            skipped++;
            if (!broken) {
                log.warn("Refused calls cannot be written to {}: {}", file, e.getMessage());
            }
            broken = true;
        }
    }

    private static String cut(String text, int length) {
        return text.length() <= length ? text : text.substring(0, length);
    }

    private void append(String line) throws IOException {
        byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
        Optional<FileStamp> there = disk.stat(file);
        if (there.isPresent() && there.get().sizeBytes() + bytes.length > fileBytes) {
            for (int old = OLD_FILES - 1; old >= 1; old--) {
                if (disk.stat(numbered(old)).isPresent()) {
                    disk.rename(numbered(old), numbered(old + 1));
                }
            }
            disk.rename(file, numbered(1));
            there = Optional.empty();
        }
        // never fsynced: a refusal is not worth a disk's time, and whoever is refused could ask for it
        try (OutputFile out = there.isPresent() ? disk.reopen(file) : disk.create(file)) {
            out.write(ByteBuffer.wrap(bytes));
        }
    }

    private Path numbered(int number) {
        return file.resolveSibling(file.getFileName() + "." + number);
    }
}
