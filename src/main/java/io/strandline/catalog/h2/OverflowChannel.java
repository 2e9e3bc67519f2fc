package io.strandline.catalog.h2;

import io.strandline.storage.disk.FullDisk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.h2.store.fs.FileBase;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A database's file that goes on in memory from the moment when a write finds no room, and is brought up to date when there
 * is room again. A server that dies meanwhile finds the file as it was then, and the journal has what came after.
 */
final class OverflowChannel extends FileBase {

    private static final Logger log = LoggerFactory.getLogger(OverflowChannel.class);

    /** 32 MiB, which is hours of what a catalog grows by while no checkpoint is made. */
    private static final int MOST_PAGES = (32 << 20) / Overflow.PAGE_BYTES;

    private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final FileChannel file;
    private final BooleanSupplier hasRoom;
    private final LongSupplier nanos;
    private volatile @Nullable Overflow overflow;
    private long triedNanos;
    private long position;

    /** @param hasRoom asked once a second while something is in memory: whether writing it to the file is worth a try */
    OverflowChannel(FileChannel file, BooleanSupplier hasRoom, LongSupplier nanos) {
        this.file = file;
        this.hasRoom = hasRoom;
        this.nanos = nanos;
    }

    @Override
    public int read(ByteBuffer to, long at) throws IOException {
        Overflow memory = overflow;
        return memory == null ? file.read(to, at) : memory.read(to, at);
    }

    @Override
    public synchronized int write(ByteBuffer from, long at) throws IOException {
        int length = from.remaining();
        settle(false);
        Overflow memory = overflow;
        if (memory == null) {
            writeToFile(from, at);
        } else {
            memory.write(from, at);
        }
        return length;
    }

    private void writeToFile(ByteBuffer from, long at) throws IOException {
        int begin = from.position();
        long before = file.size();
        try {
            while (from.hasRemaining()) {
                file.write(from, at + from.position() - begin);
            }
        } catch (IOException e) {
            if (!FullDisk.is(e)) {
                throw e;
            }
            if (file.size() > before) {
                file.truncate(before);
            }
            from.position(begin);
            overflow(e).write(from, at);
        }
    }

    private Overflow overflow(IOException cause) throws IOException {
        log.warn("the disk is full ({}): the catalog's file stays as it is and goes on in memory", cause.getMessage());
        Overflow begun = new Overflow(file, MOST_PAGES);
        overflow = begun;
        triedNanos = nanos.getAsLong();
        return begun;
    }

    /** Writes what is in memory when that is worth a try. */
    private void settle(boolean atOnce) throws IOException {
        Overflow memory = overflow;
        boolean due = atOnce || nanos.getAsLong() - triedNanos >= RETRY_NANOS && hasRoom.getAsBoolean();
        if (memory == null || !due) {
            return;
        }
        triedNanos = nanos.getAsLong();
        try {
            memory.writeOut();
            overflow = null;
            log.info("the disk has room again: the catalog's file is up to date");
        } catch (IOException e) {
            if (!FullDisk.is(e)) {
                throw e;
            }
            log.debug("there is still no room for the catalog's file", e);
        }
    }

    @Override
    public synchronized void force(boolean metaData) throws IOException {
        settle(false);
        if (overflow == null) {
            file.force(metaData);
        }
    }

    @Override
    public synchronized FileChannel truncate(long size) throws IOException {
        Overflow memory = overflow;
        if (memory == null) {
            file.truncate(size);
        } else {
            memory.truncate(size);
        }
        position = Math.min(position, size);
        return this;
    }

    @Override
    public long size() throws IOException {
        Overflow memory = overflow;
        return memory == null ? file.size() : memory.size();
    }

    @Override
    public synchronized int read(ByteBuffer to) throws IOException {
        int length = read(to, position);
        position += Math.max(0, length);
        return length;
    }

    @Override
    public synchronized int write(ByteBuffer from) throws IOException {
        int length = write(from, position);
        position += length;
        return length;
    }

    @Override
    public synchronized long position() {
        return position;
    }

    @Override
    public synchronized FileChannel position(long to) {
        position = to;
        return this;
    }

    @Override
    public FileLock tryLock(long at, long size, boolean shared) throws IOException {
        return file.tryLock(at, size, shared);
    }

    @Override
    protected synchronized void implCloseChannel() throws IOException {
        try (FileChannel closing = file) {
            settle(true);
            if (overflow != null) {
                log.warn(
                        "the catalog's file is left as it was when the disk was full; {} bytes of it are read now, the"
                                + " next start applies the rest from the journal",
                        closing.size());
            }
        }
    }
}
