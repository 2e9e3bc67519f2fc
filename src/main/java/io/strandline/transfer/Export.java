package io.strandline.transfer;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.AbstractResource;

/** A version's archive, of known length, made anew for whoever reads it; the same version gives the same bytes. */
public final class Export extends AbstractResource {

    private final String filename;
    private final String etag;
    private final long length;
    private final Source source;

    Export(String filename, String etag, long length, Source source) {
        this.filename = filename;
        this.etag = etag;
        this.length = length;
        this.source = source;
    }

    /** Names the archive's bytes. */
    public String etag() {
        return etag;
    }

    @Override
    public String getFilename() {
        return filename;
    }

    @Override
    public boolean exists() {
        return true;
    }

    @Override
    public long contentLength() {
        return length;
    }

    @Override
    public String getDescription() {
        return "export " + filename;
    }

    @Override
    public InputStream getInputStream() throws IOException {
        return source.open();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Export export && export.etag.equals(etag);
    }

    @Override
    public int hashCode() {
        return etag.hashCode();
    }

    /** Opens the archive. */
    @FunctionalInterface
    interface Source {

        /** From its first byte. */
        InputStream open() throws IOException;
    }
}
