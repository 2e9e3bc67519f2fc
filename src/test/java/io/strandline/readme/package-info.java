/**
 * The README, taken at its word: its commands are run against the packaged server.
 *
 * <p>May use nothing of the server but its jar. Must never repeat what README says: it reads it there.
 */
@NullMarked
package io.strandline.readme;

import org.jspecify.annotations.NullMarked;
