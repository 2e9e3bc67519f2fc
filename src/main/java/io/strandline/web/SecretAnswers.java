package io.strandline.web;

import jakarta.servlet.http.HttpServletRequest;

/**
 * Says which requests are answered with a secret, which is told once: the answer is kept nowhere, and a repetition with
 * the same {@code Idempotency-Key} is answered from what the first changed.
 */
@FunctionalInterface
public interface SecretAnswers {

    /** Whether the answer must not be kept. */
    boolean tellsSecret(HttpServletRequest request);
}
