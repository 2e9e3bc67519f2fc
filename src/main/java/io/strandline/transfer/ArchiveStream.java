package io.strandline.transfer;

import io.strandline.storage.BlobDamagedException;
import io.strandline.storage.BlobReader;
import io.strandline.storage.Digest;
import io.strandline.storage.Pin;
import io.strandline.storage.SnapshotStore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An archive as bytes, made while it is read: holds one piece of one file in memory, and keeps all files from being
 * collected until it is closed. A file that is not what its digest says breaks the stream off before its last bytes.
 */
final class ArchiveStream extends InputStream {

    private static final int CHUNK = 1 << 18;
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final SnapshotStore store;
    private final Iterator<ArchivePart> parts;
    private final Instant modified;
    private final Pin pin;
    private ByteBuffer piece = NOTHING;
    private @Nullable OpenFile file;
    private int padding;
    private boolean ended;

    /** @param pin on every stored part, closed with the stream */
    ArchiveStream(SnapshotStore store, List<ArchivePart> parts, Instant modified, Pin pin) {
        this.store = store;
        this.parts = parts.iterator();
        this.modified = modified;
        this.pin = pin;
    }

    /** Bytes of the whole archive. */
    static long length(List<ArchivePart> parts) {
        return parts.stream().mapToLong(ArchivePart::archived).sum() + 2 * TarHeader.BLOCK;
    }

    @Override
    public int read() throws IOException {
        return fill() ? piece.get() & 0xFF : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, target.length);
        if (length == 0) {
            return 0;
        }
        if (!fill()) {
            return -1;
        }
        int taken = Math.min(length, piece.remaining());
        piece.get(target, offset, taken);
        return taken;
    }

    @Override
    public void close() throws IOException {
        try {
            if (file != null) {
                file.close();
                file = null;
            }
        } finally {
            pin.close();
        }
    }

    /** Makes sure of a piece with something left in it; false at the end. */
    private boolean fill() throws IOException {
        while (!piece.hasRemaining()) {
            if (!advance()) {
                return false;
            }
        }
        return true;
    }

    private boolean advance() throws IOException {
        if (file != null) {
            piece = file.next(CHUNK);
            if (file.done()) {
                file.close();
                file = null;
            }
        } else if (padding > 0) {
            piece = ByteBuffer.allocate(padding);
            padding = 0;
        } else if (parts.hasNext()) {
            begin(parts.next());
        } else if (!ended) {
            piece = ByteBuffer.allocate(2 * TarHeader.BLOCK);
            ended = true;
        } else {
            return false;
        }
        return true;
    }

    private void begin(ArchivePart part) throws IOException {
        byte[] header = TarHeader.of(part.name(), part.size(), modified);
        padding = (int) (TarHeader.padded(part.size()) - part.size());
        if (part instanceof ArchivePart.Stored stored) {
            piece = ByteBuffer.wrap(header);
            file = part.size() == 0 ? null : OpenFile.of(store, stored.blob().digest());
        } else if (part instanceof ArchivePart.Small small) {
            piece = ByteBuffer.allocate(header.length + small.content().length)
                    .put(header)
                    .put(small.content())
                    .flip();
        }
    }

    /** A stored file that is being read, and hashed along the way. */
    private static final class OpenFile {

        private final BlobReader reader;
        private final Digest digest;
        private final MessageDigest sha256;
        private long at;

        private OpenFile(BlobReader reader, Digest digest, MessageDigest sha256) {
            this.reader = reader;
            this.digest = digest;
            this.sha256 = sha256;
        }

        static OpenFile of(SnapshotStore store, Digest digest) throws IOException {
            try {
                return new OpenFile(store.open(digest), digest, MessageDigest.getInstance("SHA-256"));
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every Java platform has SHA-256", e);
            }
        }

        ByteBuffer next(int most) throws IOException {
            int length = (int) Math.min(most, reader.sizeBytes() - at);
            byte[] copy = new byte[length];
            reader.view(at, length).get(copy);
            sha256.update(copy);
            at += length;
            if (done()) {
                Digest found = Digest.of(sha256.digest());
                if (!found.equals(digest)) {
                    throw new BlobDamagedException(digest, "its bytes hash to " + found);
                }
            }
            return ByteBuffer.wrap(copy);
        }

        boolean done() {
            return at >= reader.sizeBytes();
        }

        void close() throws IOException {
            reader.close();
        }
    }
}
