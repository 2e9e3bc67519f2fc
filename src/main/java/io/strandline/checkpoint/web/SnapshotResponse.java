package io.strandline.checkpoint.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.strandline.catalog.Job;
import io.strandline.catalog.Snapshot;
import io.strandline.catalog.Trashed;
import io.strandline.catalog.Verification;
import io.strandline.checkpoint.VersionDetail.ListedVersion;
import io.strandline.snapshot.SnapshotId;
import io.strandline.snapshot.SnapshotKind;
import io.strandline.snapshot.SnapshotMode;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A version as lists show it. */
@Schema(name = "Snapshot", description = "A version: what a completed checkpoint yielded.")
record SnapshotResponse(
        @Schema(description = "Its id, for ever.", example = "019a2f5e-3a51-7cc4-9d3e-2f6f5a0b7c11")
        String id,

        @Schema(description = "Its number within the job.", example = "42")
        long number,

        @Schema(description = "Job and number.", example = "flights#42")
        String name,

        @Schema(description = "Its job.", example = "flights")
        String job,

        @Schema(description = "The branch that produced it.", example = "main")
        String branch,

        @Schema(description = "The line's previous head; null for the first.") @Nullable
        String parent,

        @Schema(description = "The version whose state it continues; null when it began from nothing.") @Nullable
        String base,

        @Schema(description = "For RESTORED: the version brought back.") @Nullable
        String revertsTo,

        @Schema(description = "For IMPORTED: SHA-256 of the manifest it was in the archive; null for others.") @Nullable
        String importedFrom,

        @Schema(description = "Why it was taken.") SnapshotKind kind,

        @Schema(description = "Whether it wrote everything or what had changed.")
        SnapshotMode mode,

        @Schema(description = "COMPLETED, TRASHED or PURGED.")
        Snapshot.State state,

        @Schema(description = "Whether it can be used.") Snapshot.Condition condition,

        @Schema(description = "The instance's fencing epoch.", example = "3")
        long epoch,

        @Schema(description = "The pipeline version it was written by.", example = "1")
        int pipelineVersion,

        @Schema(description = "The backend that wrote it.", example = "rocksdb")
        String backend,

        @Schema(description = "Subtasks an operator.", example = "2")
        int parallelism,

        @Schema(description = "When it was triggered.") Instant startedAt,

        @Schema(description = "When its last file was durable.")
        Instant completedAt,

        @Schema(description = "Bytes of all files it names.", example = "1048576")
        long totalBytes,

        @Schema(description = "Bytes of files it was the first to name.", example = "4096")
        long newBytes,

        @Schema(description = "Bytes of files no other version names.", example = "4096")
        long exclusiveBytes,

        @Schema(description = "SHA-256 of its manifest.") String manifestDigest,

        @Schema(description = "SHA-256 of the public key that its manifest is signed with; null when it is not signed.")
        @Nullable
        String signedBy,

        @Schema(description = "Proof of its logical content; null until a verification at CONTENT.") @Nullable
        String stateDigest,

        @Schema(description = "False for versions that live in memory only.")
        boolean durable,

        @Schema(description = "Labels.") Map<String, String> labels,
        @Schema(description = "What it is for.") @Nullable String description,
        @Schema(description = "Tags on it.") List<String> tags,

        @Schema(description = "What the newest verification found.")
        Verification verification,

        @Schema(description = "Since when it is in the trash and until when at least; absent when it is not.")
        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Nullable
        Trashed trashed,

        @Schema(
                description =
                        "Why it stays and when it goes, as GET …/retention says; only when asked for with explain.",
                types = "object")
        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Nullable
        Object retention) {

    static SnapshotResponse of(Job job, ListedVersion listed) {
        return of(job, listed, null);
    }

    static SnapshotResponse of(Job job, ListedVersion listed, @Nullable Object retention) {
        Snapshot version = listed.version();
        return new SnapshotResponse(
                version.id().toString(),
                version.number(),
                job.name() + "#" + version.number(),
                job.name(),
                version.branch(),
                text(version.parent()),
                text(version.base()),
                text(version.revertsTo()),
                version.importedFrom(),
                version.kind(),
                version.mode(),
                version.state(),
                version.condition(),
                version.epoch(),
                version.pipelineVersion(),
                version.backend(),
                version.parallelism(),
                version.startedAt(),
                version.completedAt(),
                version.totalBytes(),
                version.newBytes(),
                listed.exclusiveBytes(),
                version.manifestDigest(),
                version.signature() == null ? null : version.signature().keyId(),
                version.stateDigest(),
                version.durable(),
                version.labels(),
                version.description(),
                listed.tags(),
                version.verification(),
                version.trashed(),
                retention);
    }

    static @Nullable String text(@Nullable SnapshotId id) {
        return id == null ? null : id.toString();
    }
}
