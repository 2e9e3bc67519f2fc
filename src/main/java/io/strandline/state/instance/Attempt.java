package io.strandline.state.instance;

/**
 * A checkpoint attempt as the state sees it.
 *
 * @param area where its runs are staged
 * @param full whether every run has to stand for all older ones
 */
record Attempt(StagingArea area, boolean full) {}
