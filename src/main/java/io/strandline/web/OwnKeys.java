package io.strandline.web;

import jakarta.servlet.http.HttpServletRequest;

/** Says which requests keep their {@code Idempotency-Key} with what they write, rather than have their answer kept. */
@FunctionalInterface
public interface OwnKeys {

    /** Whether whoever handles the request looks after its key. */
    boolean keepsKeyOf(HttpServletRequest request);
}
