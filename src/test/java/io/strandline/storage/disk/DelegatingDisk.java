package io.strandline.storage.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Hands every call on to the real disk; tests override what they watch or break. */
public class DelegatingDisk implements Disk {

    private final Disk real = new LocalDisk();

    @Override
    public OutputFile create(Path file) throws IOException {
        return real.create(file);
    }

    @Override
    public OutputFile createPrivate(Path file) throws IOException {
        return real.createPrivate(file);
    }

    @Override
    public OutputFile reopen(Path file) throws IOException {
        return real.reopen(file);
    }

    @Override
    public FileChannel read(Path file) throws IOException {
        return real.read(file);
    }

    @Override
    public void createDirectory(Path directory) throws IOException {
        real.createDirectory(directory);
    }

    @Override
    public void link(Path existing, Path name) throws IOException {
        real.link(existing, name);
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        real.rename(from, to);
    }

    @Override
    public void unlink(Path name) throws IOException {
        real.unlink(name);
    }

    @Override
    public void fsyncDirectory(Path directory) throws IOException {
        real.fsyncDirectory(directory);
    }

    @Override
    public List<Path> list(Path directory) throws IOException {
        return real.list(directory);
    }

    @Override
    public Optional<FileStamp> stat(Path file) throws IOException {
        return real.stat(file);
    }

    /** Hands every call on to a real file. */
    public static class DelegatingFile implements OutputFile {

        private final OutputFile real;

        public DelegatingFile(OutputFile real) {
            this.real = real;
        }

        @Override
        public long size() throws IOException {
            return real.size();
        }

        @Override
        public void write(ByteBuffer bytes) throws IOException {
            real.write(bytes);
        }

        @Override
        public void fsync() throws IOException {
            real.fsync();
        }

        @Override
        public void truncate(long sizeBytes) throws IOException {
            real.truncate(sizeBytes);
        }

        @Override
        public void close() throws IOException {
            real.close();
        }
    }
}
