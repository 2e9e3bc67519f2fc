package io.strandline.security.key;

import io.strandline.catalog.ApiKey;

/**
 * A key as its owner is told of it, once.
 *
 * @param token what to send: {@code <id>.<secret>}
 */
public record MadeKey(ApiKey key, String token) {

    @Override
    public String toString() {
        return "MadeKey[" + key.id() + "]";
    }
}
