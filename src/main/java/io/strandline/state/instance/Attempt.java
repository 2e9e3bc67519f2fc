package io.strandline.state.instance;

import java.time.Duration;

/**
 * A checkpoint attempt as the state sees it.
 *
 * @param area where its runs are staged
 * @param full whether every run has to stand for all older ones
 * @param interval how often checkpoints are taken; zero for writing as fast as possible
 */
record Attempt(StagingArea area, boolean full, Duration interval) {}
