package io.strandline.transfer;

import java.io.IOException;

/** An archive is larger than the server takes. */
final class ArchiveTooLargeException extends IOException {

    private static final long serialVersionUID = 1L;

    ArchiveTooLargeException(long mostBytes) {
        super("the archive is larger than " + mostBytes + " bytes");
    }
}
