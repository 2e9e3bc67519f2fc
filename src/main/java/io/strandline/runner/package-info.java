/**
 * The SPI for running jobs somewhere: start, stop and checkpoint an instance, and the ledger through which a finished
 * snapshot comes up.
 *
 * <p>May use {@code snapshot}. Must never know who stores versions or what a pipeline document looks like; the runners
 * themselves are the rooms below and this package never imports them.
 */
@NullMarked
package io.strandline.runner;

import org.jspecify.annotations.NullMarked;
