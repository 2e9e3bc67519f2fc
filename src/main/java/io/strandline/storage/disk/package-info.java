/**
 * The machine's file system as store and journal use it: the few calls that bring bytes and names to the disk, one method
 * each.
 *
 * <p>May use {@code storage}. Must never know what the files are. Whatever must outlive a power cut is written through {@link
 * io.strandline.storage.disk.Disk}, so that tests can lose what was not fsynced and make any call fail.
 */
@NullMarked
package io.strandline.storage.disk;

import org.jspecify.annotations.NullMarked;
