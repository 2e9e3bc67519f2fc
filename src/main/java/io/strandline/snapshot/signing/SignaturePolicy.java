package io.strandline.snapshot.signing;

/** What happens to a version whose manifest nobody trusted has signed. */
public enum SignaturePolicy {
    /** Nothing: signatures are not looked at. */
    OFF,
    /** It is used, and the log says so. */
    WARN,
    /** It is refused. */
    REQUIRE
}
