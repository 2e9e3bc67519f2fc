package io.strandline.catalog.h2;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.h2.store.fs.FilePath;

/**
 * The machine's files as H2 sees them under a scheme of its own, where a database that finds the disk full goes on in memory
 * ({@link OverflowChannel}) rather than close itself.
 */
final class OverflowPath extends FilePath {

    private static final String DATABASE = ".mv.db";

    private final String scheme;
    private final BooleanSupplier hasRoom;
    private final FilePath base;

    /**
     * What H2 is to be given to make paths from.
     *
     * @param scheme two letters or more, of nobody else in this process
     * @param hasRoom whether the disk takes more than it has to, asked before what is in memory is written
     */
    static OverflowPath provider(String scheme, BooleanSupplier hasRoom) {
        return new OverflowPath(scheme, hasRoom, FilePath.get("/"));
    }

    private OverflowPath(String scheme, BooleanSupplier hasRoom, FilePath base) {
        this.scheme = scheme;
        this.hasRoom = hasRoom;
        this.base = base;
        this.name = scheme + ":" + base.name;
    }

    private OverflowPath wrap(FilePath file) {
        return new OverflowPath(scheme, hasRoom, file);
    }

    @Override
    public String getScheme() {
        return scheme;
    }

    @Override
    public FilePath getPath(String path) {
        return wrap(FilePath.get(path.startsWith(scheme + ":") ? path.substring(scheme.length() + 1) : path));
    }

    @Override
    public FilePath unwrap() {
        return base;
    }

    @Override
    public FileChannel open(String mode) throws IOException {
        FileChannel file = base.open(mode);
        return mode.startsWith("rw") && name.endsWith(DATABASE)
                ? new OverflowChannel(file, hasRoom, System::nanoTime)
                : file;
    }

    @Override
    public FilePath createTempFile(String suffix, boolean inTempDir) throws IOException {
        return wrap(base.createTempFile(suffix, inTempDir));
    }

    @Override
    public List<FilePath> newDirectoryStream() {
        return base.newDirectoryStream().stream()
                .map(file -> (FilePath) wrap(file))
                .toList();
    }

    @Override
    public FilePath toRealPath() {
        return wrap(base.toRealPath());
    }

    @Override
    public FilePath getParent() {
        return wrap(base.getParent());
    }

    @Override
    public void moveTo(FilePath newName, boolean atomicReplace) {
        base.moveTo(newName.unwrap(), atomicReplace);
    }

    @Override
    public long size() {
        return base.size();
    }

    @Override
    public boolean createFile() {
        return base.createFile();
    }

    @Override
    public boolean exists() {
        return base.exists();
    }

    @Override
    public void delete() {
        base.delete();
    }

    @Override
    public boolean isDirectory() {
        return base.isDirectory();
    }

    @Override
    public boolean isRegularFile() {
        return base.isRegularFile();
    }

    @Override
    public boolean isAbsolute() {
        return base.isAbsolute();
    }

    @Override
    public long lastModified() {
        return base.lastModified();
    }

    @Override
    public boolean canWrite() {
        return base.canWrite();
    }

    @Override
    public void createDirectory() {
        base.createDirectory();
    }

    @Override
    public boolean setReadOnly() {
        return base.setReadOnly();
    }
}
