package io.strandline.state.run;

import io.strandline.state.RunFormat;
import io.strandline.state.RunReader;
import io.strandline.state.RunWriter;
import io.strandline.storage.BlobReader;
import io.strandline.storage.StagedFile;
import java.io.IOException;

/**
 * The {@code flat} encoding: small blocks of sorted records, each with a CRC32C, then a sparse index (the first key of every block), a
 * bloom filter and a footer. Cheap to write, read through a memory map. Blocks are small so that what looks for few keys, such as a
 * comparison of two versions, reads little else.
 *
 * <pre>
 * file    = magic, block*, index, bloom, footer
 * block   = length (4), CRC32C (4), record*
 * record  = key length (varint), value length + 1 or 0 for a delete marker (varint), key, value
 * index   = { bytes shared with the key before (varint), rest of the key (varint), block length (varint), rest }*
 * footer  = index offset (8), index bytes (4), bloom bytes (4), entries (8), deletes (8), CRC32C of index and bloom (4),
 *           version (4), magic (8)
 * </pre>
 *
 * <p>In version 1, which is still read, an entry of the index is a key length (4), the file offset of the block (8), and the key.
 */
public final class FlatRunFormat implements RunFormat {

    /** What manifests call it. */
    public static final String MEDIA_TYPE = "application/vnd.strandline.run.flat.v1";

    static final long MAGIC = 0x5354524c_464c4154L;
    static final int VERSION = 2;
    static final int HEADER_BYTES = 8;
    static final int BLOCK_HEADER_BYTES = 8;
    static final int FOOTER_BYTES = 48;

    @Override
    public String mediaType() {
        return MEDIA_TYPE;
    }

    @Override
    public RunWriter writer(StagedFile file) throws IOException {
        return new FlatRunWriter(file);
    }

    @Override
    public RunReader reader(BlobReader blob) throws IOException {
        return new FlatRunReader(blob);
    }
}
