package io.strandline.state;

import io.strandline.storage.BlobReader;
import io.strandline.storage.StagedFile;
import java.io.IOException;

/** An encoding of sorted runs, named by its media type: {@code flat} or {@code sst}. Every backend reads all of them. */
public interface RunFormat {

    /** The media type in manifests. */
    String mediaType();

    /** Starts writing a run into a staged file; keys must arrive in ascending unsigned byte order. */
    RunWriter writer(StagedFile file) throws IOException;

    /** Opens a stored run; closing the reader closes the blob. */
    RunReader reader(BlobReader blob) throws IOException;
}
