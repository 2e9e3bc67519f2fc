package io.strandline.engine.connector.file;

/** How records are written. */
public enum FileFormat {
    /** One JSON object a line. */
    JSON("json"),
    /** RFC 4180 with a header line; a quoted value may not contain a line break. */
    CSV("csv");

    private final String extension;

    FileFormat(String extension) {
        this.extension = extension;
    }

    /** The file name's extension. */
    String extension() {
        return extension;
    }
}
