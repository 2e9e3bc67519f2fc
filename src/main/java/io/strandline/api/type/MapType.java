package io.strandline.api.type;

import io.strandline.snapshot.ColumnType;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A map from values of one type to values of another; written in the order of its encoded keys, so that equal maps are equal bytes. */
final class MapType<K, V> extends ContentType<Map<K, V>> {

    private final Type<K> key;
    private final Type<V> value;

    MapType(Type<K> key, Type<V> value) {
        super(ColumnType.BYTES, "map<" + key.shape() + "," + value.shape() + ">");
        this.key = key;
        this.value = value;
    }

    @Override
    public Map<K, V> check(@Nullable Object candidate) {
        if (!(candidate instanceof Map<?, ?> map)) {
            throw misfit(candidate);
        }
        Map<K, V> checked = new LinkedHashMap<>();
        map.forEach((from, to) -> checked.put(key.check(from), value.check(to)));
        return checked;
    }

    @Override
    Map<K, V> zero() {
        return Map.of();
    }

    @Override
    void write(Map<K, V> map, ByteSink out) {
        TreeMap<byte[], V> sorted = new TreeMap<>(Arrays::compareUnsigned);
        map.forEach((from, to) -> sorted.put(key.encode(from), to));
        out.putCount(ByteSink.MAP, sorted.size());
        sorted.forEach((from, to) -> {
            out.putEncoded(from);
            value.write(value.check(to), out);
        });
    }

    @Override
    Map<K, V> read(ByteSource in) {
        int count = in.count(ByteSink.MAP);
        Map<K, V> map = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            map.put(key.read(in), value.read(in));
        }
        return map;
    }
}
