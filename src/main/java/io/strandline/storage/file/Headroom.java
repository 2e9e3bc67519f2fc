package io.strandline.storage.file;

import io.strandline.storage.Admission;
import io.strandline.storage.StorageFullException;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a disk from being filled to the last byte. A reserve file occupies some of it; with less than its size free beside
 * it, nothing large is admitted, and when not even a journal entry fits, the reserve is given up for it, so that what frees
 * space can be written down. Room is found again, and the reserve laid by again, without anybody's doing.
 *
 * <p>Safe for concurrent use. After an idea of ZFS's slop space and ext4's blocks reserved for root.
 */
public final class Headroom implements Admission {

    /** The reserve's name in the data directory. */
    public static final String FILE = "RESERVE";

    private static final System.Logger LOG = System.getLogger(Headroom.class.getName());

    /** On a small disk the reserve is this share of it. */
    private static final int LEAST_SHARE = 50;

    private static final int PIECE_BYTES = 1 << 16;

    private final Path file;
    private final long reserveBytes;
    private final FreeSpace disk;
    private volatile @Nullable String full;

    /** Looks at a disk. */
    @FunctionalInterface
    public interface FreeSpace {

        /** Bytes that may be written. */
        long bytes() throws IOException;
    }

    /**
     * Of some disk.
     *
     * @param reserveBytes size of the reserve; 0 keeps none and admits everything
     */
    public Headroom(Path directory, long reserveBytes, FreeSpace disk) {
        this.file = directory.resolve(FILE);
        this.reserveBytes = reserveBytes;
        this.disk = disk;
    }

    /** Of the disk that a directory is on, with the reserve laid by; at most a fiftieth of the disk is kept. */
    public static Headroom open(Path directory, long reserveBytes) throws IOException {
        FileStore disk = Files.getFileStore(directory);
        long kept = Math.min(reserveBytes, disk.getTotalSpace() / LEAST_SHARE);
        Headroom headroom = new Headroom(directory, kept, disk::getUsableSpace);
        if (kept == 0) {
            headroom.giveUp();
        }
        headroom.look();
        return headroom;
    }

    @Override
    public void admit() throws StorageFullException {
        String why = full;
        if (why != null) {
            throw new StorageFullException(why, null);
        }
    }

    /** Why nothing large is admitted, empty when it is. */
    public Optional<String> full() {
        return Optional.ofNullable(full);
    }

    /** Frees the reserve for something small that found no room; false when it is gone already. */
    public synchronized boolean giveUp() {
        if (!Files.exists(file)) {
            return false;
        }
        if (reserveBytes > 0) {
            // said first, so that nothing large takes the room that this makes
            full = describe(0);
        }
        try {
            Files.deleteIfExists(file);
            if (reserveBytes > 0) {
                LOG.log(Level.WARNING, "the disk is full: the reserve was given up for what has to be written down");
            }
            return true;
        } catch (IOException e) {
            LOG.log(Level.WARNING, "the reserve " + file + " cannot be given up", e);
            return false;
        }
    }

    /** Looks how much room there is. Called every now and then. */
    public synchronized void look() {
        if (reserveBytes == 0) {
            return;
        }
        try {
            judge(disk.bytes());
        } catch (IOException e) {
            LOG.log(full == null ? Level.WARNING : Level.DEBUG, "no reserve can be laid by on the disk", e);
            full = "the disk cannot be written: " + e.getMessage();
        }
    }

    private void judge(long free) throws IOException {
        boolean kept = Files.exists(file) && Files.size(file) == reserveBytes;
        long left = kept ? free : free - reserveBytes;
        if (left < reserveBytes) {
            full = describe(free);
        } else if (full == null || left >= 2 * reserveBytes) {
            if (!kept) {
                layBy();
            }
            full = null;
        }
    }

    /** Bytes that no file system can compress away, on the disk before anybody counts on them. */
    private void layBy() throws IOException {
        SplittableRandom random = new SplittableRandom(reserveBytes);
        boolean whole = false;
        try (FileChannel out = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            byte[] piece = new byte[PIECE_BYTES];
            for (long left = reserveBytes; left > 0; left -= piece.length) {
                random.nextBytes(piece);
                ByteBuffer bytes = ByteBuffer.wrap(piece, 0, (int) Math.min(piece.length, left));
                while (bytes.hasRemaining()) {
                    out.write(bytes);
                }
            }
            out.force(true);
            whole = true;
        } finally {
            if (!whole) {
                Files.deleteIfExists(file);
            }
        }
    }

    private String describe(long free) {
        return "the disk is full: %d bytes are free and %d are kept for what frees space".formatted(free, reserveBytes);
    }
}
