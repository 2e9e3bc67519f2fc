package io.strandline.security.door;

import io.strandline.security.limit.TokenBucket;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
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

    private final Path file;
    private final Clock clock;
    private final long fileBytes;
    private final TokenBucket lines;
    private final JsonMapper json = JsonMapper.shared();
    private long skipped;
    private boolean broken;

    /** A log in {@code file}, and in files beside it that end in {@code .1} (the newest) to {@code .3}. */
    public RefusalLog(Path file, Clock clock) {
        this(file, clock, System::nanoTime, FILE_BYTES);
    }

    RefusalLog(Path file, Clock clock, LongSupplier nanos, long fileBytes) {
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
        if (Files.exists(file) && Files.size(file) + line.length() > fileBytes) {
            for (int old = OLD_FILES - 1; old >= 1; old--) {
                if (Files.exists(numbered(old))) {
                    Files.move(numbered(old), numbered(old + 1), StandardCopyOption.REPLACE_EXISTING);
                }
            }
            Files.move(file, numbered(1), StandardCopyOption.REPLACE_EXISTING);
        }
        Files.writeString(file, line, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private Path numbered(int number) {
        return file.resolveSibling(file.getFileName() + "." + number);
    }
}
