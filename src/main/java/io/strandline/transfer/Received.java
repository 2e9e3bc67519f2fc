package io.strandline.transfer;

import io.strandline.pipeline.PipelineDocument;
import org.jspecify.annotations.Nullable;

/**
 * An archive that has arrived whole, and that nothing stands against as far as that can be told without decoding it. Closing it
 * leaves nothing behind, unless it has become a version.
 *
 * @param request where it is to go
 * @param jobId the job it goes to, null while that is yet to be made
 * @param document the version's pipeline under the job's name
 * @param arrival its files, where nobody sees them
 * @param lane its place among the archives under way
 */
public record Received(
        ImportRequest request, @Nullable String jobId, PipelineDocument document, Arrival arrival, Lanes.Lane lane)
        implements AutoCloseable {

    /** What is imported, as the operation shows it. */
    public ImportOrder order() {
        ArchiveContents contents = arrival.contents();
        return new ImportOrder(
                request.job(),
                request.branch(),
                request.create(),
                request.description(),
                contents.digest().toString(),
                contents.manifest().content().totalBytes());
    }

    @Override
    public void close() {
        try (lane) {
            arrival.close();
        }
    }
}
