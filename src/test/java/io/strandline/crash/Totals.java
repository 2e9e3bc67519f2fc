package io.strandline.crash;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Counts of what harnesses have survived, added up over any number of runs in the file named by {@code
 * -Dstrandline.totals=}: a line a run, such as {@code kills rocksdb seed=7 kills=50 acknowledged=2317}.
 */
final class Totals {

    private static final System.Logger LOG = System.getLogger(Totals.class.getName());

    private Totals() {}

    /** Notes a run that passed, and says what all have come to. */
    static void passed(String harness, String words, Map<String, Long> counts) throws IOException {
        String figures = counts.entrySet().stream()
                .map(count -> count.getKey() + "=" + count.getValue())
                .collect(Collectors.joining(" "));
        LOG.log(System.Logger.Level.INFO, "{0} {1}: {2}", harness, words, figures);
        String file = System.getProperty("strandline.totals");
        if (file != null) {
            String line = harness + " " + words.replace(' ', ',') + " " + figures + "\n";
            Files.writeString(
                    Path.of(file), line, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            LOG.log(System.Logger.Level.INFO, "{0} in all: {1}", harness, sums(harness, Path.of(file)));
        }
    }

    private static Map<String, Long> sums(String harness, Path file) throws IOException {
        Map<String, Long> sums = new TreeMap<>();
        for (String line : Files.readAllLines(file)) {
            String[] words = line.split(" ");
            for (int i = 2; words[0].equals(harness) && i < words.length; i++) {
                String[] count = words[i].split("=");
                sums.merge(count[0], Long.parseLong(count[1]), Long::sum);
            }
        }
        return sums;
    }
}
