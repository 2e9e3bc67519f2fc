package io.strandline.transfer;

import io.strandline.storage.Blob;
import io.strandline.storage.Digest;

/** A file of an archive that is written. */
sealed interface ArchivePart {

    /** Its name in the archive. */
    String name();

    /** Bytes of its content. */
    long size();

    /** Bytes it takes in the archive. */
    default long archived() {
        return TarHeader.BLOCK + TarHeader.padded(size());
    }

    /** One that is in memory. */
    @SuppressWarnings("ArrayRecordComponent") // written out, never compared
    record Small(String name, byte[] content) implements ArchivePart {

        @Override
        public long size() {
            return content.length;
        }

        /** Under its digest. */
        static Small blob(byte[] content) {
            return new Small(ArchiveLayout.blobName(Digest.ofBytes(content)), content);
        }
    }

    /** One that lies in the store. */
    record Stored(Blob blob) implements ArchivePart {

        @Override
        public String name() {
            return ArchiveLayout.blobName(blob.digest());
        }

        @Override
        public long size() {
            return blob.sizeBytes();
        }
    }
}
