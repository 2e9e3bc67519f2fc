package io.strandline.storage.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Hands every call on to the real file system; tests override what they watch or break. */
class DelegatingCalls implements FileSystemCalls {

    private final FileSystemCalls real = new NioFileSystemCalls();

    @Override
    public OutputFile create(Path file) throws IOException {
        return real.create(file);
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
}
