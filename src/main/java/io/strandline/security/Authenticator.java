package io.strandline.security;

/** Tells from what a caller sends who it is. */
public interface Authenticator {

    /** Whether a token looks like one that is checked here. */
    boolean understands(String token);

    /**
     * Whose token it is.
     *
     * @throws RefusedTokenException when it does not count
     * @throws io.strandline.problem.StrandlineException when that cannot be told now
     */
    Identity identify(String token);
}
