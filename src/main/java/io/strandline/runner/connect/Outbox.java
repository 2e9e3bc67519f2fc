package io.strandline.runner.connect;

import io.strandline.engine.connector.part.PartDirectory;
import io.strandline.engine.connector.part.PartFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where rows wait until they may go into a database: a directory a job and sink.
 *
 * @param root made when the first sink needs it
 * @param disk what they are written with
 */
public record Outbox(Path root, PartFiles disk) {

    PartDirectory of(String jobId, String sink) throws IOException {
        return new PartDirectory(Files.createDirectories(root.resolve(jobId).resolve(sink)), disk);
    }

    void delete(String jobId) throws IOException {
        DirectoryTree.delete(root.resolve(jobId));
    }
}
