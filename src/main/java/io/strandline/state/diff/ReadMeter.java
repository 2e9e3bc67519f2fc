package io.strandline.state.diff;

import io.strandline.state.run.RunFiles;
import io.strandline.storage.BlobReader;
import io.strandline.storage.Digest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;

/** Counts the bytes that are looked at in files; what is looked at again at once counts once. Not thread-safe. */
public final class ReadMeter {

    private long bytes;

    /** Bytes looked at so far. */
    public long bytes() {
        return bytes;
    }

    /** Files that are counted. */
    public RunFiles.Blobs counting(RunFiles.Blobs blobs) {
        return digest -> open(blobs, digest);
    }

    private BlobReader open(RunFiles.Blobs blobs, Digest digest) throws IOException {
        return new Counted(blobs.open(digest));
    }

    /** A file whose reads are counted. */
    private final class Counted implements BlobReader {

        private final BlobReader blob;
        private long lastOffset = -1;
        private int lastLength;

        Counted(BlobReader blob) {
            this.blob = blob;
        }

        @Override
        public long sizeBytes() {
            return blob.sizeBytes();
        }

        @Override
        public ByteBuffer view(long offset, int length) throws IOException {
            if (offset != lastOffset || length != lastLength) {
                bytes += length;
                lastOffset = offset;
                lastLength = length;
            }
            return blob.view(offset, length);
        }

        @Override
        public Optional<Path> path() {
            return blob.path();
        }

        @Override
        public void close() throws IOException {
            blob.close();
        }
    }
}
