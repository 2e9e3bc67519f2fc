package io.strandline.storage.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Fails one call, chosen by a predicate or by counting, with the error it was given; all others go through. */
public final class FailingDisk extends DelegatingDisk {

    private final Choice choice;
    private final IOException error;
    private final List<String> fsyncs = new ArrayList<>();
    private boolean failed;
    private int calls;

    public FailingDisk(Choice choice, IOException error) {
        this.choice = choice;
        this.error = error;
    }

    /** Chooses which call fails. */
    @FunctionalInterface
    public interface Choice {

        /** Whether call {@code index}, e.g. {@code fsync} of {@code path}, fails. */
        boolean fails(int index, String call, Path path);
    }

    public boolean failed() {
        return failed;
    }

    /** Every path that was asked to be fsynced, in order. */
    public List<String> fsyncs() {
        return fsyncs;
    }

    @Override
    public OutputFile create(Path file) throws IOException {
        step("create", file);
        return new FailingOutput(file, super.create(file));
    }

    @Override
    public OutputFile createPrivate(Path file) throws IOException {
        step("create", file);
        return new FailingOutput(file, super.createPrivate(file));
    }

    @Override
    public OutputFile reopen(Path file) throws IOException {
        step("reopen", file);
        return new FailingOutput(file, super.reopen(file));
    }

    @Override
    public void createDirectory(Path directory) throws IOException {
        step("mkdir", directory);
        super.createDirectory(directory);
    }

    @Override
    public void link(Path existing, Path name) throws IOException {
        step("link", name);
        super.link(existing, name);
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        step("rename", to);
        super.rename(from, to);
    }

    @Override
    public void unlink(Path name) throws IOException {
        step("unlink", name);
        super.unlink(name);
    }

    @Override
    public void fsyncDirectory(Path directory) throws IOException {
        fsyncs.add(directory.toString());
        step("fsync", directory);
        super.fsyncDirectory(directory);
    }

    private void step(String call, Path path) throws IOException {
        if (!failed && choice.fails(calls++, call, path)) {
            failed = true;
            throw error;
        }
    }

    private final class FailingOutput extends DelegatingFile {
        private final Path path;

        FailingOutput(Path path, OutputFile real) {
            super(real);
            this.path = path;
        }

        @Override
        public void write(ByteBuffer bytes) throws IOException {
            step("write", path);
            super.write(bytes);
        }

        @Override
        public void fsync() throws IOException {
            fsyncs.add(path.toString());
            step("fsync", path);
        }
    }
}
