package io.strandline.state.stored;

import io.strandline.state.SnapshotReader.Entry;
import io.strandline.state.SnapshotReader.Position;
import io.strandline.state.SnapshotReader.Slice;
import io.strandline.state.SnapshotReader.SliceRequest;
import io.strandline.state.run.StoredRun;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads one slice of a state. A slice ends at a place that is named by the bytes of its last key, or, where keys are long, by as many
 * of them as fit a cursor and by how many entries behind them were read.
 */
final class SliceReader {

    private static final int MOST_BYTES = 512;

    /** Bytes of keys and values after which a slice ends whatever its limit. */
    private static final int ENOUGH_BYTES = 4 << 20;

    private final StoredState state;
    private final SliceRequest request;
    private final byte[] from;
    private final int skip;
    private final List<Entry> entries = new ArrayList<>();
    private final List<byte[]> keys = new ArrayList<>();

    SliceReader(StoredState state, SliceRequest request) {
        this.state = state;
        this.request = request;
        Position position = request.from();
        this.from = position == null
                ? state.encoded(request.prefix())
                : HexFormat.of().parseHex(position.hex());
        this.skip = position == null ? 0 : position.skip();
    }

    Slice read() throws IOException {
        try (KeyOrderCursor found = state.inKeyOrder(state.encoded(request.prefix()), from)) {
            for (int i = 0; i < skip; i++) {
                if (!found.next()) {
                    return new Slice(List.of(), null);
                }
            }
            long bytes = 0;
            while (entries.size() < request.limit() && bytes < ENOUGH_BYTES && found.next()) {
                bytes += found.key().remaining() + found.value().remaining();
                entries.add(state.decode(found.key(), found.value()));
                keys.add(bytes(found.key()));
            }
            return new Slice(entries, found.next() ? next() : null);
        }
    }

    private @Nullable Position next() {
        byte[] last = keys.get(keys.size() - 1);
        byte[] cut = last.length <= MOST_BYTES ? last : Arrays.copyOf(last, MOST_BYTES);
        int behind = (int) keys.stream()
                .filter(key -> Arrays.compareUnsigned(key, cut) >= 0)
                .count();
        boolean sameAsBefore = behind == keys.size() && Arrays.equals(cut, from);
        return new Position(HexFormat.of().formatHex(cut), sameAsBefore ? skip + behind : behind);
    }

    private static byte[] bytes(ByteBuffer stored) {
        ByteBuffer key = StoredRun.withoutKeyGroup(stored);
        byte[] bytes = new byte[key.remaining()];
        key.get(bytes);
        return bytes;
    }
}
