package io.strandline.engine;

import io.strandline.engine.connector.part.DiskPartFiles;
import io.strandline.engine.connector.part.PartFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;

/** A disk that takes so many bytes and no more, until there is more room. */
final class SmallDisk implements PartFiles {

    private final PartFiles disk = new DiskPartFiles();
    private final AtomicLong room;

    SmallDisk(long room) {
        this.room = new AtomicLong(room);
    }

    void makeRoom(long bytes) {
        room.set(bytes);
    }

    @Override
    public PartFile create(Path file) throws IOException {
        PartFile real = disk.create(file);
        return new PartFile() {
            @Override
            public void write(ByteBuffer bytes) throws IOException {
                int fits = (int) Math.min(room.get(), bytes.remaining());
                room.addAndGet(-fits);
                ByteBuffer part = bytes.slice(bytes.position(), fits);
                bytes.position(bytes.position() + fits);
                real.write(part);
                if (bytes.hasRemaining()) {
                    throw new IOException("No space left on device");
                }
            }

            @Override
            public void force() throws IOException {
                real.force();
            }

            @Override
            public void close() throws IOException {
                real.close();
            }
        };
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        if (room.get() == 0) {
            throw new IOException("No space left on device");
        }
        disk.rename(from, to);
    }

    @Override
    public void unlink(Path file) throws IOException {
        disk.unlink(file);
    }

    @Override
    public void sync(Path directory) throws IOException {
        disk.sync(directory);
    }
}
