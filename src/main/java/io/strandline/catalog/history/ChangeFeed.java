package io.strandline.catalog.history;

/**
 * Tells how far the audit can be read without gaps: changes are made visible by several threads, and a reader who wants
 * them in the journal's order must not pass one that is still on its way.
 */
public interface ChangeFeed {

    /** A place in the audit up to which no change is missing. Grows, and never shrinks. */
    long readableUpTo();

    /**
     * Has {@code news} called each time the audit can be read further, by the thread that made that so: it must return at
     * once. What it throws is logged.
     */
    void follow(Runnable news);
}
