package io.strandline.storage.disk;

import io.strandline.storage.StorageFullException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** The real calls. Linux: a directory is fsynced through a channel opened on it for reading. */
public final class LocalDisk implements Disk {

    private static final FileAttribute<?> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    @Override
    public OutputFile create(Path file) throws IOException {
        return guarded(() -> append(Files.createFile(file)));
    }

    @Override
    public OutputFile createPrivate(Path file) throws IOException {
        return guarded(() -> append(Files.createFile(file, OWNER_ONLY)));
    }

    @Override
    public OutputFile reopen(Path file) throws IOException {
        if (!Files.exists(file)) {
            throw new NoSuchFileException(file.toString());
        }
        return guarded(() -> append(file));
    }

    @Override
    public FileChannel read(Path file) throws IOException {
        return FileChannel.open(file, StandardOpenOption.READ);
    }

    @Override
    public void createDirectory(Path directory) throws IOException {
        guarded(() -> Files.createDirectory(directory));
    }

    @Override
    public void link(Path existing, Path name) throws IOException {
        guarded(() -> Files.createLink(name, existing));
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        guarded(() -> Files.move(from, to, StandardCopyOption.ATOMIC_MOVE));
    }

    @Override
    public void unlink(Path name) throws IOException {
        Files.delete(name);
    }

    @Override
    public void fsyncDirectory(Path directory) throws IOException {
        guarded(() -> {
            try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
                channel.force(true);
            }
            return directory;
        });
    }

    @Override
    public List<Path> list(Path directory) throws IOException {
        try (Stream<Path> names = Files.list(directory)) {
            return names.sorted().toList();
        } catch (java.io.UncheckedIOException e) {
            throw Objects.requireNonNull(e.getCause());
        }
    }

    @Override
    public Optional<FileStamp> stat(Path file) throws IOException {
        try {
            BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
            Object identity = Objects.requireNonNullElse(found.fileKey(), file);
            return Optional.of(new FileStamp(identity, found.size(), found.lastModifiedTime(), found.isDirectory()));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private static OutputFile append(Path file) throws IOException {
        RandomAccessFile opened = new RandomAccessFile(file.toFile(), "rw");
        opened.seek(opened.length());
        return new Appended(opened);
    }

    private static <T> T guarded(Call<T> call) throws IOException {
        try {
            return call.run();
        } catch (IOException e) {
            if (FullDisk.is(e)) {
                throw new StorageFullException("the disk is full: " + e.getMessage(), e);
            }
            throw e;
        }
    }

    /** One call to the system. */
    @FunctionalInterface
    private interface Call<T> {
        T run() throws IOException;
    }

    /** Appends to a file. A random access file rather than a channel, because an interrupted thread would close a channel. */
    private record Appended(RandomAccessFile file) implements OutputFile {

        private static final int CHUNK_BYTES = 1 << 16;

        @Override
        public long size() throws IOException {
            return file.length();
        }

        @Override
        public void write(ByteBuffer bytes) throws IOException {
            guarded(() -> {
                if (bytes.hasArray()) {
                    file.write(bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining());
                    bytes.position(bytes.limit());
                } else {
                    writeCopied(bytes);
                }
                return file;
            });
        }

        private void writeCopied(ByteBuffer bytes) throws IOException {
            byte[] chunk = new byte[Math.min(CHUNK_BYTES, bytes.remaining())];
            while (bytes.hasRemaining()) {
                int length = Math.min(chunk.length, bytes.remaining());
                bytes.get(chunk, 0, length);
                file.write(chunk, 0, length);
            }
        }

        @Override
        public void fsync() throws IOException {
            guarded(() -> {
                file.getFD().sync();
                return file;
            });
        }

        @Override
        public void truncate(long sizeBytes) throws IOException {
            guarded(() -> {
                file.setLength(sizeBytes);
                file.seek(sizeBytes);
                return file;
            });
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
