package io.strandline.retention.plan;

/** Looks every few seconds whether something is due. */
public interface Ticking {

    /** Looks, and starts what is due. */
    void tick();
}
