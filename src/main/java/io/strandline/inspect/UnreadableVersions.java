package io.strandline.inspect;

import io.strandline.catalog.Snapshot;
import io.strandline.catalog.lookup.StoredVersions;
import io.strandline.problem.ErrorCode;
import io.strandline.problem.StrandlineException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import org.springframework.stereotype.Component;

/** Says why a version cannot be read, and which other one can. */
@Component
final class UnreadableVersions {

    private final StoredVersions versions;

    UnreadableVersions(StoredVersions versions) {
        this.versions = versions;
    }

    /** {@code storage-unavailable} where the file system refuses, else {@code damaged}. */
    StrandlineException problem(Snapshot version, IOException e) {
        if (e instanceof FileSystemException named) {
            return new StrandlineException(
                    ErrorCode.STORAGE_UNAVAILABLE,
                    "A file of version %d cannot be read: %s.".formatted(version.number(), named.getReason()),
                    e);
        }
        String instead = versions.nearestIntactAncestor(version)
                .map(ancestor -> "Version %d is its nearest ancestor that nobody has found damaged."
                        .formatted(ancestor.number()))
                .orElse("None of its ancestors is known to be intact.");
        return new StrandlineException(
                ErrorCode.DAMAGED,
                "Version %d is damaged: %s. %s".formatted(version.number(), e.getMessage(), instead),
                e);
    }
}
