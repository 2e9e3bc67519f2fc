package io.strandline.web;

import jakarta.servlet.http.HttpServletRequest;

/** Says which requests have a body that is read as it arrives by whoever handles them, who bounds and checks it, too. */
public interface StreamedBodies {

    /** Whether the door leaves the body alone. */
    boolean takesBodyOf(HttpServletRequest request);

    /** Bytes of the longest body that is taken. */
    long mostBytes();
}
