package io.strandline.storage.disk;

import java.nio.file.attribute.FileTime;

/**
 * By what a file is recognised without reading it.
 *
 * @param identity device and inode
 * @param sizeBytes length
 * @param modified time of the last write
 * @param directory whether it is a directory
 */
public record FileStamp(Object identity, long sizeBytes, FileTime modified, boolean directory) {}
