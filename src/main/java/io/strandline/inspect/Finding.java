package io.strandline.inspect;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.strandline.catalog.Snapshot;
import io.strandline.snapshot.SnapshotContent;
import io.strandline.snapshot.StateContent;
import io.strandline.storage.Blob;
import io.strandline.storage.Digest;
import io.strandline.storage.ManifestName;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Something about a version that is not as it was committed. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(description = "Something about a version that is not as it was committed.")
public record Finding(
        @Schema(description = "The file within the store, or the catalog.", example = "blobs/sha256/9f86d081…")
        String file,

        @Schema(description = "The digest it should have.") @Nullable
        String digest,

        @Schema(description = "Operator and state that need the file.", example = "by-origin/aggregates") @Nullable
        String usedBy,

        @Schema(description = "What kind of fault.") Fault fault,

        @Schema(description = "What was found instead.", example = "it is 3 bytes long, not 7")
        String found) {

    /** Kinds of faults. */
    public enum Fault {
        /** The file is not there. */
        MISSING,
        /** Its length is another. */
        SIZE,
        /** Its bytes are others. */
        CHECKSUM,
        /** The disk does not give it out. */
        UNREADABLE,
        /** Its bytes are right and cannot be decoded, or mean something else than they did. */
        CONTENT,
        /** No trusted key has signed the manifest, and signatures are required. */
        SIGNATURE,
        /** Its files are right, but it cannot be restored, or holds something else once it is. */
        RESTORE,
        /** The catalog says otherwise than the manifest. */
        CATALOG
    }

    /** About a version's manifest. */
    static Finding ofManifest(Snapshot version, Fault fault, String found) {
        ManifestName name = new ManifestName(version.jobId(), version.number());
        return new Finding("manifests/" + name + ".json", version.manifestDigest(), null, fault, found);
    }

    /** About a file of a version that holds {@code content}. */
    static Finding ofBlob(Blob blob, SnapshotContent content, Fault fault, String found) {
        String usedBy = content.operators().stream()
                .flatMap(operator -> operator.states().stream()
                        .filter(state -> names(state, blob))
                        .map(state -> operator.name() + "/" + state.schema().name()))
                .collect(Collectors.joining(", "));
        Digest digest = blob.digest();
        return new Finding("blobs/sha256/" + digest.hex(), digest.toString(), usedBy, fault, found);
    }

    private static boolean names(StateContent state, Blob blob) {
        return state.runs().stream().anyMatch(run -> run.blob().equals(blob));
    }

    /** About what a version's files mean together. */
    static Finding ofState(Fault fault, String found) {
        return new Finding("state", null, null, fault, found);
    }

    /** About what the catalog says of a version. */
    static Finding ofCatalog(String found) {
        return new Finding("catalog", null, null, Fault.CATALOG, found);
    }

    /** Whether the version itself is affected, not only what the catalog says of it. */
    boolean damage() {
        return fault != Fault.CATALOG && fault != Fault.SIGNATURE && fault != Fault.RESTORE;
    }
}
