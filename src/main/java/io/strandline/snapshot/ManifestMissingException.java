package io.strandline.snapshot;

import io.strandline.storage.ManifestName;
import java.io.IOException;

/** The store has no manifest of this name. */
public final class ManifestMissingException extends IOException {

    private static final long serialVersionUID = 1L;

    /** Names the manifest. */
    public ManifestMissingException(ManifestName name) {
        super("manifest " + name + " is not in the store");
    }
}
