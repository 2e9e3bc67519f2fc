package io.strandline.web.idempotency;

import java.util.Map;

/**
 * An answer kept for replay.
 *
 * @param status HTTP status, below 500
 * @param headers what the client needs again: content type, location, ETag, the operation's links
 * @param body the text sent
 */
public record StoredResponse(int status, Map<String, String> headers, String body) {

    public StoredResponse {
        headers = Map.copyOf(headers);
    }
}
