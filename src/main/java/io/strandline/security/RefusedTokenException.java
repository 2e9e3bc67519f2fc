package io.strandline.security;

import org.springframework.security.core.AuthenticationException;

/** A key or token that does not count; the message says why, without any of it. */
public final class RefusedTokenException extends AuthenticationException {

    private static final long serialVersionUID = 1L;

    public RefusedTokenException(String message) {
        super(message);
    }

    public RefusedTokenException(String message, Throwable cause) {
        super(message, cause);
    }
}
