package io.strandline.state.stored;

import io.strandline.snapshot.StateSchema;
import io.strandline.state.StateDigest;
import io.strandline.state.run.StoredRun;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * A sum for each key group, modulo 2^256, of the SHA-256 of every entry: operator, state, key, namespace and value, each with its
 * length (four big-endian bytes) before it. A timer's value is its time. So the order of entries does not matter, and neither
 * does how they are spread over files.
 */
final class ContentSums {

    private static final int KEY_GROUP_BYTES = 2;
    private static final int SUM_WORDS = 4;

    private final long[][] sums;
    private final MessageDigest sha256 = sha256();
    private final ByteBuffer length = ByteBuffer.allocate(Integer.BYTES);

    ContentSums(int keyGroups) {
        this.sums = new long[keyGroups][SUM_WORDS];
    }

    /** Adds one entry as it is stored. */
    void add(String operator, StateSchema schema, ByteBuffer storedKey, ByteBuffer value) {
        ByteBuffer key = storedKey.duplicate();
        int keyGroup = StoredRun.keyGroup(key);
        key.position(key.position() + KEY_GROUP_BYTES);
        ByteBuffer content = value.duplicate();
        if (schema.form() == StateSchema.Form.TIMERS) {
            content = key.slice(key.position(), Long.BYTES);
            key.position(key.position() + Long.BYTES);
        }
        int namespaceBytes = schema.namespaced() ? Long.BYTES : 0;
        ByteBuffer namespace = key.slice(key.limit() - namespaceBytes, namespaceBytes);
        key.limit(key.limit() - namespaceBytes);
        update(ByteBuffer.wrap(operator.getBytes(StandardCharsets.UTF_8)));
        update(ByteBuffer.wrap(schema.name().getBytes(StandardCharsets.UTF_8)));
        update(key);
        update(namespace);
        update(content);
        add(sums[keyGroup], ByteBuffer.wrap(sha256.digest()));
    }

    /** All sums, and one digest over them. */
    StateDigest digest() {
        MessageDigest all = sha256();
        List<String> keyGroups = new ArrayList<>(sums.length);
        for (long[] sum : sums) {
            ByteBuffer bytes = ByteBuffer.allocate(SUM_WORDS * Long.BYTES);
            bytes.asLongBuffer().put(sum);
            all.update(bytes.array());
            keyGroups.add(HexFormat.of().formatHex(bytes.array()));
        }
        return new StateDigest(HexFormat.of().formatHex(all.digest()), keyGroups);
    }

    private void update(ByteBuffer field) {
        sha256.update(length.clear().putInt(field.remaining()).flip());
        sha256.update(field);
    }

    private static void add(long[] sum, ByteBuffer term) {
        long carry = 0;
        for (int i = SUM_WORDS - 1; i >= 0; i--) {
            long before = sum[i];
            long added = before + term.getLong(i * Long.BYTES);
            long total = added + carry;
            carry = Long.compareUnsigned(added, before) < 0 || Long.compareUnsigned(total, added) < 0 ? 1 : 0;
            sum[i] = total;
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA-256", e);
        }
    }
}
