package io.strandline.job.web;

import io.strandline.job.StopMode;

/**
 * What a stop was asked for, as its operation keeps it.
 *
 * @param mode how
 * @param branch the branch to stop
 */
record StopOrder(StopMode mode, String branch) {}
