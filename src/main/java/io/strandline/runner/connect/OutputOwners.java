package io.strandline.runner.connect;

import io.strandline.engine.connector.SinkStart;
import io.strandline.engine.connector.part.PartDirectory;
import io.strandline.engine.connector.part.PartFiles;
import io.strandline.engine.connector.part.PartName;
import io.strandline.engine.connector.part.PartOwner;
import io.strandline.runner.InstanceSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Whose output a directory holds. Part names carry no job, so a start would take back what another job has shown; the first
 * job to write to a directory has it until that job is purged.
 */
public final class OutputOwners {

    private final FilesRoots files;
    private final PartFiles disk;

    /**
     * Of directories under the first files root.
     *
     * @param disk what they are written with
     */
    public OutputOwners(FilesRoots files, PartFiles disk) {
        this.files = files;
        this.disk = disk;
    }

    /**
     * Why a start must not write to a path, empty when it may. Touches nothing.
     *
     * @throws IOException when no sink may
     */
    synchronized Optional<String> objection(String path, InstanceSpec start) throws IOException {
        Path directory = files.checkDirectory(path);
        return Files.isDirectory(directory) ? objection(parts(directory), path, start) : Optional.empty();
    }

    /**
     * The directory of a path, made and taken for the start's job.
     *
     * @throws IOException when it is another job's
     */
    synchronized PartDirectory claim(String path, InstanceSpec start) throws IOException {
        Path directory = files.directory(path);
        PartDirectory parts = parts(directory);
        Optional<String> objection = objection(parts, path, start);
        if (objection.isPresent()) {
            throw new IOException(objection.get());
        }
        if (!has(start.on().jobId(), parts)) {
            parts.handTo(new PartOwner(start.on().jobId(), start.job()));
        }
        return parts;
    }

    /** The directory of a path if it is the job's. */
    synchronized Optional<Path> of(String jobId, String path) throws IOException {
        Path directory = files.checkDirectory(path);
        return Files.isDirectory(directory) && has(jobId, parts(directory)) ? Optional.of(directory) : Optional.empty();
    }

    /** What a path holds, if it is the job's. */
    synchronized Optional<PartDirectory> partsOf(String jobId, String path) throws IOException {
        return of(jobId, path).map(this::parts);
    }

    /** Lets whoever comes next have the directory of a path, if it is the job's. */
    synchronized void release(String jobId, String path) throws IOException {
        Optional<Path> directory = of(jobId, path);
        if (directory.isPresent()) {
            parts(directory.get()).handTo(PartOwner.NOBODY);
        }
    }

    private static Optional<String> objection(PartDirectory parts, String path, InstanceSpec start) throws IOException {
        Optional<PartOwner> owner = parts.owner();
        if (owner.isPresent()) {
            return owner.filter(other -> !other.equals(PartOwner.NOBODY)
                            && !other.job().equals(start.on().jobId()))
                    .map(other ->
                            "'%s' holds output of job %s (%s); name another path, or purge that job. If it is gone"
                                            .formatted(path, other.name(), other.job())
                                    + " already, delete the file .owner there.");
        }
        Optional<PartName> foreign =
                parts.foreign(new SinkStart(path, start.on().branch(), start.line()));
        return foreign.map(
                part -> "'%s' holds %s, and nothing says whose it is; name another path, or move part files away"
                        .formatted(path, part.fileName()));
    }

    private static boolean has(String jobId, PartDirectory parts) throws IOException {
        return parts.owner().filter(owner -> owner.job().equals(jobId)).isPresent();
    }

    private PartDirectory parts(Path directory) {
        return new PartDirectory(directory, disk);
    }
}
