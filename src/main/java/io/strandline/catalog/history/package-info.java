/**
 * What was: instances and attempts, where heads have been, what waits to be tidied up, what a version costs. Reads only.
 *
 * <p>May use {@code catalog} and what it may use. Must never change anything: that is the ledger's.
 */
@NullMarked
package io.strandline.catalog.history;

import org.jspecify.annotations.NullMarked;
