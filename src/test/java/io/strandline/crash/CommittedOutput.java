package io.strandline.crash;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads what a file sink has committed, and nothing else, and says which (partition, offset) are there.
 *
 * <p>It shares no code with the server: a committed file is one whose name does not start with a dot.
 */
public final class CommittedOutput {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Map<Long, BitSet> offsets = new TreeMap<>();
    private final List<String> duplicates = new ArrayList<>();
    private long records;

    /** Reads every committed part file of a folder. */
    public static CommittedOutput read(Path folder) throws IOException {
        CommittedOutput output = new CommittedOutput();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(CommittedOutput::committed).sorted().toList()) {
                output.add(file);
            }
        }
        return output;
    }

    private static boolean committed(Path file) {
        return Files.isRegularFile(file) && file.getFileName().toString().startsWith("part-");
    }

    private void add(Path file) throws IOException {
        for (String line : Files.readAllLines(file)) {
            JsonNode row = JSON.readTree(line);
            long partition = row.get("partition").asLong();
            int offset = Math.toIntExact(row.get("offset").asLong());
            BitSet seen = offsets.computeIfAbsent(partition, key -> new BitSet());
            if (seen.get(offset)) {
                duplicates.add("partition " + partition + " offset " + offset + " again in " + file.getFileName());
            }
            seen.set(offset);
            records++;
        }
    }

    /** Every record that is there more than once. */
    public List<String> duplicates() {
        return duplicates;
    }

    /** Offsets below {@code end} that are missing, and offsets from {@code end} on that should not be there. */
    public List<String> differencesFrom(long partition, long end) {
        BitSet seen = offsets.getOrDefault(partition, new BitSet());
        List<String> differences = new ArrayList<>();
        int missing = seen.nextClearBit(0);
        if (missing < end) {
            differences.add("partition %d: %d of %d missing, first offset %d"
                    .formatted(
                            partition, end - seen.get(0, Math.toIntExact(end)).cardinality(), end, missing));
        }
        if (seen.length() > end) {
            differences.add("partition %d: offset %d beyond the end %d".formatted(partition, seen.length() - 1, end));
        }
        return differences;
    }

    public long records() {
        return records;
    }
}
