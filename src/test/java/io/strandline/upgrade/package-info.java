/** What earlier builds wrote is read by this one: data directories of theirs lie in the test resources, a zip for each format. */
@NullMarked
package io.strandline.upgrade;

import org.jspecify.annotations.NullMarked;
