package io.strandline.state.run;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Reads the index of a flat run, of any version. */
final class FlatIndexReader {

    static final int OLDEST_VERSION = 1;

    private final ByteBuffer in;
    private final long blocksEnd;
    private final BlockIndex index = new BlockIndex();

    /**
     * Reads nothing yet.
     *
     * @param in the index, checked
     * @param blocksEnd where the last block ends in the file
     */
    FlatIndexReader(ByteBuffer in, long blocksEnd) {
        this.in = ByteBuffer.wrap(copied(in));
        this.blocksEnd = blocksEnd;
    }

    /** Reads all of it. */
    BlockIndex read(int version) throws IOException {
        try {
            long end = version == OLDEST_VERSION ? readWholeKeys() : readShortenedKeys();
            if (end != blocksEnd) {
                throw FlatRunReader.damaged("its blocks end at " + blocksEnd + ", not at " + end);
            }
        } catch (BufferUnderflowException | IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new IOException("a flat run is damaged: its index ends within an entry", e);
        }
        return index.finish();
    }

    private long readShortenedKeys() throws IOException {
        long offset = FlatRunFormat.HEADER_BYTES;
        byte[] key = new byte[64];
        int keyLength = 0;
        while (in.hasRemaining()) {
            int shared = number();
            int rest = number();
            int blockBytes = number();
            if (shared > keyLength) {
                throw FlatRunReader.damaged("a key of its index shares more than the one before has");
            }
            keyLength = shared + rest;
            key = keyLength > key.length ? Arrays.copyOf(key, 2 * keyLength) : key;
            System.arraycopy(in.array(), in.position(), key, shared, rest);
            in.position(in.position() + rest);
            add(key, 0, keyLength, offset, blockBytes);
            offset += blockBytes;
        }
        return offset;
    }

    private long readWholeKeys() throws IOException {
        byte[] bytes = new byte[in.remaining()];
        in.get(in.position(), bytes);
        while (in.hasRemaining()) {
            int keyLength = in.getInt();
            long offset = in.getLong();
            int from = in.position();
            in.position(from + keyLength);
            long next = in.hasRemaining() ? in.getLong(from + keyLength + Integer.BYTES) : blocksEnd;
            add(bytes, from, from + keyLength, offset, Math.toIntExact(next - offset));
        }
        return blocksEnd;
    }

    /** Reading a map piece by piece, a few bytes each, takes longer. */
    private static byte[] copied(ByteBuffer in) {
        byte[] bytes = new byte[in.remaining()];
        in.get(in.position(), bytes);
        return bytes;
    }

    private int number() {
        int number = Varints.at(in, in.position());
        in.position(in.position() + Varints.length(number));
        return number;
    }

    private void add(byte[] key, int from, int to, long offset, int blockBytes) throws IOException {
        if (blockBytes <= FlatRunFormat.BLOCK_HEADER_BYTES) {
            throw FlatRunReader.damaged("block " + index.blocks() + " is cut short");
        }
        index.add(key, from, to, offset, blockBytes);
    }
}
