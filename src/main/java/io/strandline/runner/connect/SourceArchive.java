package io.strandline.runner.connect;

import io.strandline.engine.connector.inbox.Inbox;
import io.strandline.pipeline.SourceSpec;
import io.strandline.snapshot.SourcePosition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What sources still have of what they once read: a file as long as it is there and was not cut, pushed records as long as
 * they are kept; a sequence has everything.
 */
record SourceArchive(FilesRoots files, Inboxes inboxes) {

    /**
     * Makes sure that a source can go on from these positions, those of other sources aside.
     *
     * @throws IOException with a message fit for a client when it cannot
     */
    void check(String jobId, SourceSpec source, List<SourcePosition> positions) throws IOException {
        List<SourcePosition> own = positions.stream()
                .filter(position -> position.source().equals(source.name()))
                .toList();
        if (source instanceof SourceSpec.FileSource file) {
            checkFile(files.existing(file.path()), file.path(), own);
        } else if (source instanceof SourceSpec.HttpSource && !own.isEmpty()) {
            checkRecords(inboxes.existing(jobId, source.name()).orElse(null), own);
        }
    }

    private static void checkFile(Path file, String path, List<SourcePosition> positions) throws IOException {
        long size = Files.size(file);
        for (SourcePosition position : positions) {
            if (position.offset() > size) {
                throw new IOException(
                        "'%s' has %d bytes; the version goes on at byte %d".formatted(path, size, position.offset()));
            }
        }
    }

    private static void checkRecords(@Nullable Inbox inbox, List<SourcePosition> positions) throws IOException {
        Inbox.Range nothing = new Inbox.Range(0, 0);
        for (SourcePosition position : positions) {
            Inbox.Range range = inbox == null ? nothing : inbox.ranges().getOrDefault(position.split(), nothing);
            if (position.offset() < range.first() || position.offset() > range.end()) {
                throw new IOException(
                        "the version goes on at record %d of partition %s; what is kept begins at %d and ends before %d"
                                .formatted(position.offset(), position.split(), range.first(), range.end()));
            }
        }
    }
}
