package io.strandline.retention.inventory;

import io.strandline.catalog.Cause;
import io.strandline.operation.Operation;
import io.strandline.operation.Operations;
import io.strandline.operation.Submission;
import io.strandline.problem.ErrorCode;
import io.strandline.problem.StrandlineException;
import io.strandline.storage.Digest;
import io.strandline.storage.SnapshotStore;
import io.strandline.storage.SnapshotStores;
import io.strandline.storage.StoredBlob;
import io.swagger.v3.oas.annotations.media.Schema;
import java.io.IOException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Lists what lies in quarantine and brings files back; only the durable store keeps one worth looking at. */
@Service
public final class QuarantineShelf {

    private static final String RESTORE = "quarantine-restore";

    private final SnapshotStore store;
    private final Operations operations;

    public QuarantineShelf(SnapshotStores stores, Operations operations) {
        this.store = stores.durable();
        this.operations = operations;
    }

    /**
     * Files by their digest, beyond {@code after} when given.
     *
     * @param wait how long a file waits there before it may be unlinked
     */
    public List<QuarantinedFile> list(Duration wait, @Nullable Digest after, int limit) {
        return quarantined().stream()
                .filter(blob -> after == null || blob.digest().hex().compareTo(after.hex()) > 0)
                .sorted(Comparator.comparing((StoredBlob blob) -> blob.digest().hex()))
                .limit(limit)
                .map(blob -> new QuarantinedFile(
                        blob.digest().toString(),
                        blob.sizeBytes(),
                        blob.since(),
                        blob.since().plus(wait)))
                .toList();
    }

    /**
     * Brings a file back among the live ones, as an operation; its result is {@link Restored}.
     *
     * @throws StrandlineException {@code file-not-found} when it is not in quarantine
     */
    public Operation restore(String file, Cause cause) {
        Digest digest = digest(file);
        if (quarantined().stream().noneMatch(blob -> blob.digest().equals(digest))) {
            throw notHere(file);
        }
        return operations.submit(
                new Submission(RESTORE, null, new Restored(file, null), cause), course -> restore(digest));
    }

    private Restored restore(Digest digest) {
        try {
            if (!store.release(digest)) {
                throw notHere(digest.toString());
            }
            return new Restored(digest.toString(), store.hash(digest).equals(digest));
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private List<StoredBlob> quarantined() {
        try {
            return store.quarantined();
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private static Digest digest(String file) {
        try {
            return file.startsWith("sha256:") ? Digest.parse(file) : new Digest(file);
        } catch (IllegalArgumentException e) {
            throw notHere(file);
        }
    }

    private static StrandlineException notHere(String file) {
        return new StrandlineException(
                ErrorCode.FILE_NOT_FOUND,
                "There is no file " + file + " in quarantine; list them with GET /api/v1/gc/quarantine.");
    }

    private static StrandlineException unreadable(IOException failure) {
        return new StrandlineException(
                ErrorCode.STORAGE_UNAVAILABLE, "The quarantine cannot be read: " + failure.getMessage(), failure);
    }

    /**
     * What came of bringing a file back.
     *
     * @param intact whether its bytes are what its name says; null before it was tried
     */
    @Schema(name = "RestoredFile", description = "A file that came back from quarantine.")
    public record Restored(String file, @Nullable Boolean intact) {}
}
