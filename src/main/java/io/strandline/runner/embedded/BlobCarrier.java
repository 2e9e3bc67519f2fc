package io.strandline.runner.embedded;

import io.strandline.snapshot.Manifest;
import io.strandline.storage.Blob;
import io.strandline.storage.BlobReader;
import io.strandline.storage.SnapshotStore;
import io.strandline.storage.StagedBlob;
import io.strandline.storage.StagedFile;
import io.strandline.storage.Staging;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayList;
import java.util.List;

/** Copies a version's files from one store to another, when a job goes on under a backend that keeps them elsewhere. */
final class BlobCarrier {

    private static final int CHUNK_BYTES = 1 << 20;

    private BlobCarrier() {}

    /**
     * Copies what {@code to} does not have yet. The area stays open, and so pins the files, until the process ends or the
     * next version names them.
     */
    static Staging carry(Manifest version, SnapshotStore from, SnapshotStore to, String owner) throws IOException {
        Staging staging = to.openStaging(owner + "-carried");
        boolean carried = false;
        try {
            copyAll(version, from, staging);
            carried = true;
            return staging;
        } finally {
            if (!carried) {
                staging.close();
            }
        }
    }

    private static void copyAll(Manifest version, SnapshotStore from, Staging staging) throws IOException {
        List<StagedBlob> copied = new ArrayList<>();
        List<Blob> blobs = version.content().operators().stream()
                .flatMap(operator -> operator.states().stream())
                .flatMap(state -> state.runs().stream())
                .map(run -> run.blob())
                .distinct()
                .toList();
        for (Blob blob : blobs) {
            copied.add(copy(blob, from, staging));
        }
        staging.publish(copied);
    }

    private static StagedBlob copy(Blob blob, SnapshotStore from, Staging staging) throws IOException {
        try (BlobReader reader = from.open(blob.digest());
                StagedFile file = staging.create(blob.digest().hex())) {
            WritableByteChannel channel = file.channel();
            for (long offset = 0; offset < reader.sizeBytes(); offset += CHUNK_BYTES) {
                ByteBuffer chunk = reader.view(offset, (int) Math.min(CHUNK_BYTES, reader.sizeBytes() - offset));
                while (chunk.hasRemaining()) {
                    channel.write(chunk);
                }
            }
            return file.seal(blob.mediaType());
        }
    }
}
