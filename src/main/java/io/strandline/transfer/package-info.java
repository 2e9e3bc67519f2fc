/**
 * Versions between servers: one as an OCI image layout in a tar archive, streamed out; and back in, into any job that can
 * run it, once everything in the archive is what its manifest says.
 *
 * <p>May use {@code inspect}, {@code job}, {@code operation}, {@code pipeline}, {@code catalog}, {@code snapshot},
 * {@code state}, {@code storage}, {@code problem} and {@code web}. Must never trust a name, size or number that no hashed manifest vouches
 * for, nor make anything visible before all of an archive is checked.
 */
@NullMarked
package io.strandline.transfer;

import org.jspecify.annotations.NullMarked;
