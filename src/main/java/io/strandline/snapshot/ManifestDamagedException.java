package io.strandline.snapshot;

import io.strandline.storage.ManifestName;
import java.io.IOException;

/** A manifest's bytes are not those that were committed. */
public final class ManifestDamagedException extends IOException {

    private static final long serialVersionUID = 1L;

    /** Names the manifest and what was found instead. */
    public ManifestDamagedException(ManifestName name, String found) {
        super("manifest " + name + " is damaged: " + found);
    }
}
