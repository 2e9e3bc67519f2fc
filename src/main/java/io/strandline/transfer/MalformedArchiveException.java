package io.strandline.transfer;

import java.io.IOException;

/** An archive is not what an export writes; the message says where and how. */
final class MalformedArchiveException extends IOException {

    private static final long serialVersionUID = 1L;

    MalformedArchiveException(String message) {
        super(message);
    }

    MalformedArchiveException(String message, Throwable cause) {
        super(message, cause);
    }
}
