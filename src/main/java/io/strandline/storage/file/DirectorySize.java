package io.strandline.storage.file;

import io.strandline.storage.disk.Disk;
import io.strandline.storage.disk.FileStamp;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/** Adds up what lies in one directory, sub-directories not counted; one that has just been deleted has nothing in it. */
final class DirectorySize {

    private DirectorySize() {}

    static long of(Disk disk, Path directory) throws IOException {
        List<Path> files;
        try {
            files = disk.list(directory);
        } catch (NoSuchFileException e) {
            return 0;
        }
        long bytes = 0;
        for (Path file : files) {
            bytes += disk.stat(file)
                    .filter(stamp -> !stamp.directory())
                    .map(FileStamp::sizeBytes)
                    .orElse(0L);
        }
        return bytes;
    }
}
