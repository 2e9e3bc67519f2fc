package io.strandline.state.run;

import io.strandline.state.Murmur3;
import io.strandline.state.RunReader;
import java.io.IOException;
import java.nio.ByteBuffer;

/** A run whose filter says of most keys that it does not hold them. */
public interface FilteredRun extends RunReader {

    /** Holds the {@link Murmur3} hashes of all its keys. */
    BloomFilter filter();

    /** Looks a key up without asking the filter. */
    Found find(byte[] key, int from, int to) throws IOException;

    @Override
    default Found get(ByteBuffer key) throws IOException {
        byte[] bytes = Bytes.of(key);
        int from = Bytes.offset(key);
        int to = from + key.remaining();
        return filter().mayContain(Murmur3.hash(bytes, from, to - from)) ? find(bytes, from, to) : Found.ABSENT;
    }
}
