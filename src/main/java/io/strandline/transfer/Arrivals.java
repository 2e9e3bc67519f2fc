package io.strandline.transfer;

import io.strandline.catalog.history.Housekeeping;
import io.strandline.catalog.lookup.TrustChecks;
import io.strandline.inspect.SnapshotOpener;
import io.strandline.operation.Work.Course;
import io.strandline.problem.ErrorCode;
import io.strandline.problem.Problem;
import io.strandline.snapshot.TimeOrderedIds;
import io.strandline.storage.SnapshotStore;
import io.strandline.storage.SnapshotStores;
import io.strandline.storage.StorageFullException;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import org.springframework.stereotype.Component;

/** Takes archives in, as far as nobody else sees anything of them. */
@Component
final class Arrivals {

    private final SnapshotStore store;
    private final Housekeeping housekeeping;
    private final SnapshotOpener opener;
    private final TrustChecks trust;
    private final TimeOrderedIds ids;
    private final long largest;

    Arrivals(
            SnapshotStores stores,
            Housekeeping housekeeping,
            SnapshotOpener opener,
            TrustChecks trust,
            TimeOrderedIds ids,
            TransferSettings settings) {
        this.store = stores.durable();
        this.housekeeping = housekeeping;
        this.opener = opener;
        this.trust = trust;
        this.ids = ids;
        this.largest = settings.largestArchive().toBytes();
    }

    /**
     * Reads an archive to its end, every byte of it checked.
     *
     * @throws io.strandline.problem.StrandlineException {@code invalid-archive}, {@code archive-too-large}, {@code
     *     signature-missing}, {@code signature-invalid}, {@code request-timeout}, {@code storage-full}, {@code
     *     storage-unavailable}
     */
    Arrival read(InputStream body) {
        return doing(() -> {
            Arrival arrival = Arrival.begin(store, housekeeping, "import-" + ids.next());
            boolean whole = false;
            try {
                ArchiveContents contents = arrival.read(new TarReader(body, largest));
                trust.require(
                        "the version in the archive, number "
                                + contents.manifest().number(),
                        contents.bytes(),
                        contents.signature());
                whole = true;
                return arrival;
            } finally {
                if (!whole) {
                    arrival.close();
                }
            }
        });
    }

    /** Decodes every entry, and returns the digest of the state they make: {@code sha256:…}. */
    String prove(Arrival arrival, Course course) {
        return doing(() -> arrival.prove(opener, course));
    }

    static <T> T doing(Step<T> step) {
        try {
            return step.run();
        } catch (MalformedArchiveException e) {
            throw Problem.of(ErrorCode.INVALID_ARCHIVE, "The archive is refused: " + e.getMessage() + ".")
                    .asException(e);
        } catch (ArchiveTooLargeException e) {
            throw Problem.of(ErrorCode.ARCHIVE_TOO_LARGE, "This server does not take it: " + e.getMessage() + ".")
                    .asException(e);
        } catch (StorageFullException e) {
            throw Problem.of(ErrorCode.STORAGE_FULL, "The archive does not fit on the disk: " + e.getMessage())
                    .asException(e);
        } catch (SocketTimeoutException e) {
            throw Problem.of(ErrorCode.REQUEST_TIMEOUT, "The archive stopped arriving; send it again.")
                    .asException(e);
        } catch (IOException e) {
            throw Problem.of(ErrorCode.STORAGE_UNAVAILABLE, "The archive could not be taken in: " + e.getMessage())
                    .asException(e);
        }
    }

    /** A step of taking one in. */
    @FunctionalInterface
    interface Step<T> {

        /** Does it. */
        T run() throws IOException;
    }
}
