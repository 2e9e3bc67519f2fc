package io.strandline.transfer;

import io.strandline.catalog.history.Housekeeping;
import io.strandline.inspect.SnapshotOpener;
import io.strandline.operation.Work.Course;
import io.strandline.problem.StrandlineException;
import io.strandline.snapshot.SnapshotContent;
import io.strandline.state.SnapshotReader;
import io.strandline.storage.SnapshotStore;
import io.strandline.storage.StagedBlob;
import io.strandline.storage.Staging;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An archive that has arrived in a staging area of its own. Unless it is {@link #kept}, closing it leaves nothing behind;
 * what a crash leaves, the next start sweeps.
 */
final class Arrival implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Arrival.class);

    private final SnapshotStore store;
    private final Housekeeping housekeeping;
    private final String area;
    private final Staging staging;
    private @Nullable ArchiveContents contents;
    private long archiveBytes;
    private long newBytes;
    private boolean published;
    private boolean kept;

    private Arrival(SnapshotStore store, Housekeeping housekeeping, String area, Staging staging) {
        this.store = store;
        this.housekeeping = housekeeping;
        this.area = area;
        this.staging = staging;
    }

    static Arrival begin(SnapshotStore store, Housekeeping housekeeping, String area) throws IOException {
        return new Arrival(store, housekeeping, area, store.openStaging(area));
    }

    /** Takes all of it. */
    ArchiveContents read(TarReader archive) throws IOException {
        Intake intake = new Intake(staging);
        intake.read(archive);
        archiveBytes = archive.bytesRead();
        ArchiveContents read = ArchiveContents.of(intake);
        contents = read;
        return read;
    }

    /** What is in it. */
    ArchiveContents contents() {
        return Objects.requireNonNull(contents, "an archive that was not read");
    }

    /** Bytes of files that the store did not have. */
    long newBytes() {
        return newBytes;
    }

    /**
     * Puts the files where versions have theirs and decodes them all; no version names them yet.
     *
     * @throws StrandlineException {@code cancelled} as soon as the operation is
     */
    String prove(SnapshotOpener opener, Course course) throws IOException {
        course.stage("receive");
        course.progress(archiveBytes, archiveBytes, "bytes");
        course.stage("store");
        for (StagedBlob file : contents().files()) {
            if (store.sizeOf(file.blob().digest()).isEmpty()) {
                newBytes += file.blob().sizeBytes();
            }
        }
        published = true;
        staging.publish(contents().files());
        course.stage("decode");
        return decode(opener, contents().manifest().content(), course);
    }

    /** The files belong to a version now. */
    void kept() {
        kept = true;
        staging.committed();
    }

    @Override
    public void close() {
        try {
            staging.close();
            if (published && !kept) {
                store.sweepStaging(area, housekeeping::named);
            }
        } catch (IOException e) {
            log.warn("staging area {} is left to the next start: {}", area, e.toString());
        }
    }

    /** The files' bytes are right, but whoever made the archive chose them: what trips a decoder is refused like the rest. */
    private String decode(SnapshotOpener opener, SnapshotContent content, Course course) throws IOException {
        DecodedBytes progress = new DecodedBytes(content, course);
        try (SnapshotReader reader = opener.open(content.operators(), content.maxParallelism(), store)) {
            String digest = "sha256:" + reader.stateDigest(progress).hex();
            progress.done();
            return digest;
        } catch (StrandlineException cancelled) {
            throw cancelled;
        } catch (RuntimeException | IOException e) {
            throw new MalformedArchiveException("its state cannot be decoded: " + e.getMessage(), e);
        }
    }
}
