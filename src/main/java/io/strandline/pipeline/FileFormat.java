package io.strandline.pipeline;

import java.util.Locale;

/** How records lie in a file. */
public enum FileFormat {
    /** One JSON object a line. */
    JSON,
    /** Comma-separated with a header line (RFC 4180). */
    CSV;

    /** The name in documents. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
