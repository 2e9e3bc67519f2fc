package io.strandline.checkpoint;

import io.strandline.catalog.Hold;
import io.strandline.catalog.Snapshot;
import io.strandline.snapshot.Manifest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything there is to say about a version.
 *
 * @param listed as lists show it
 * @param holds what holds it
 * @param manifest its content, null when the manifest cannot be read
 */
public record VersionDetail(
        ListedVersion listed, List<Hold> holds, @Nullable Manifest manifest) {

    public VersionDetail {
        holds = List.copyOf(holds);
    }

    /**
     * A version as lists show it.
     *
     * @param exclusiveBytes bytes of files no other version names
     * @param tags names of the tags on it
     */
    public record ListedVersion(Snapshot version, long exclusiveBytes, List<String> tags) {

        public ListedVersion {
            tags = List.copyOf(tags);
        }
    }
}
