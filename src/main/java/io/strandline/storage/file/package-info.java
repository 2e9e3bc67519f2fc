/**
 * The snapshot store on a file system: {@code blobs/sha256}, {@code manifests}, {@code staging} and {@code quarantine}.
 *
 * <p>May use {@code storage}. Must never know what the bytes mean. Every call that changes the disk goes through {@link
 * io.strandline.storage.disk.Disk}, so that tests can lose what was not fsynced and make any call fail.
 */
@NullMarked
package io.strandline.storage.file;

import org.jspecify.annotations.NullMarked;
