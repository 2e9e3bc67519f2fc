package io.strandline.engine.operator.window;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Sliding windows of rows (time, key, value) one by one: every row goes into every window that it is in. */
final class SlidingReference {

    final List<List<Object>> emitted = new ArrayList<>();
    final List<List<Object>> late = new ArrayList<>();
    private final Map<Long, Map<Long, List<Long>>> windows = new TreeMap<>();
    private final long size;
    private final long slide;
    private final long lateness;
    private long watermark;

    SlidingReference(long size, long slide, long lateness, long watermark) {
        this.size = size;
        this.slide = slide;
        this.lateness = lateness;
        this.watermark = watermark;
    }

    void row(long time, long key, long value) {
        boolean taken = false;
        for (long start = Math.floorDiv(time - size, slide) * slide + slide; start <= time; start += slide) {
            long last = start + size - 1;
            if (last + lateness > watermark) {
                taken = true;
                List<Long> values = windows.computeIfAbsent(start, any -> new TreeMap<>())
                        .computeIfAbsent(key, any -> new ArrayList<>());
                values.add(value);
                if (last <= watermark) {
                    emit(start, key, values);
                }
            }
        }
        if (!taken) {
            late.add(List.of(key, value));
        }
    }

    void advance(long to) {
        windows.forEach((start, keys) -> {
            if (start + size - 1 > watermark && start + size - 1 <= to) {
                keys.forEach((key, values) -> emit(start, key, values));
            }
        });
        watermark = to;
        windows.keySet().removeIf(start -> start + size - 1 + lateness <= to);
    }

    private void emit(long start, long key, List<Long> values) {
        long sum = values.stream().mapToLong(value -> value).sum();
        emitted.add(List.of(key, start, start + size, (long) values.size(), sum));
    }
}
