package io.strandline.engine.connector.inbox;

import java.io.IOException;

/** Records that were acknowledged are not there any more as they were pushed. */
public final class DamagedInboxException extends IOException {

    private static final long serialVersionUID = 1L;

    DamagedInboxException(String message) {
        super(message);
    }
}
