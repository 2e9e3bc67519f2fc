package io.strandline.runner.connect;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where rows wait until they may go into a database: a directory a job and sink.
 *
 * @param root made when the first sink needs it
 */
public record Outbox(Path root) {

    Path of(String jobId, String sink) throws IOException {
        return Files.createDirectories(root.resolve(jobId).resolve(sink));
    }

    void delete(String jobId) throws IOException {
        DirectoryTree.delete(root.resolve(jobId));
    }
}
