package io.strandline.retention;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.strandline.snapshot.SnapshotId;
import io.strandline.snapshot.SnapshotKind;
import io.strandline.storage.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

/**
 * Whole explanations, word for word: each {@code *.golden} file gives a policy, a time and a history, and after the line
 * {@code ---} what the engine says. Set {@code -Dgolden.update=true} to write anew, then read the difference.
 */
class RetentionGoldenTests {

    private static final Path FOLDER = Path.of("src/test/resources/io/strandline/retention");

    @ParameterizedTest
    @MethodSource("files")
    void saysWhatTheFileSays(Path file) throws IOException {
        String text = Files.readString(file);
        int cut = text.indexOf("\n---\n");
        String input = cut < 0 ? text.stripTrailing() : text.substring(0, cut);
        String actual = input + "\n---\n" + new Case(input).answer();
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(file, actual);
        }
        assertThat(actual).isEqualTo(text);
    }

    static Stream<Path> files() throws IOException {
        try (Stream<Path> all = Files.list(FOLDER)) {
            List<Path> files = all.filter(file -> file.toString().endsWith(".golden"))
                    .sorted()
                    .toList();
            assertThat(files).hasSizeGreaterThan(4);
            return files.stream();
        }
    }

    /** Reads the upper half of a file. */
    private static final class Case {
        private PolicyDocument policy = new PolicyDocument(Map.of());
        private Instant now = Instant.EPOCH;
        private final List<Candidate> line = new ArrayList<>();
        private final List<Candidate> offLine = new ArrayList<>();
        private final Map<SnapshotId, List<Protection>> protections = new HashMap<>();
        private final Map<SnapshotId, List<BranchHistory.FileUse>> files = new HashMap<>();

        Case(String input) {
            for (String row : input.lines().toList()) {
                String[] words = row.split(" ", 2);
                switch (words[0]) {
                    case "policy" ->
                        policy = PolicyReader.read(JsonMapper.shared().readTree(words[1]), PolicyLevel.SERVER);
                    case "now" -> now = Instant.parse(words[1]);
                    case "line" -> line.add(version(words[1].split(" ")));
                    case "off" -> offLine.add(version(words[1].split(" ")));
                    default -> assertThat(row).startsWith("#");
                }
            }
        }

        private Candidate version(String[] words) {
            long number = Long.parseLong(words[0]);
            SnapshotId id = new SnapshotId(new UUID(0x7000, number));
            List<String> marks = Arrays.asList(words).subList(3, words.length);
            List<Protection> found = new ArrayList<>();
            for (String mark : marks) {
                if (mark.contains(":")) {
                    found.add(protection(mark));
                }
            }
            protections.put(id, found);
            files.put(
                    id,
                    marks.stream()
                            .filter(mark -> mark.contains("/"))
                            .map(Case::file)
                            .toList());
            return new Candidate(
                    id,
                    number,
                    SnapshotKind.valueOf(words[2]),
                    Instant.parse(words[1]),
                    !marks.contains("damaged"),
                    marks.contains("verified"),
                    labels(marks));
        }

        private static Map<String, String> labels(List<String> marks) {
            return marks.stream()
                    .filter(mark -> mark.contains("="))
                    .map(mark -> mark.split("=", 2))
                    .collect(Collectors.toMap(parts -> parts[0], parts -> parts[1]));
        }

        /** A run by its name and bytes: {@code a/100}. */
        private static BranchHistory.FileUse file(String mark) {
            String[] parts = mark.split("/");
            return new BranchHistory.FileUse(Digest.ofBytes(parts[0].getBytes(UTF_8)), Long.parseLong(parts[1]));
        }

        private static Protection protection(String mark) {
            String[] parts = mark.split("[:@]", 3);
            return new Protection(
                    Protection.Kind.valueOf(parts[0].toUpperCase()),
                    parts[1],
                    "because",
                    "ann",
                    parts.length < 3 ? null : Instant.parse(parts[2]));
        }

        String answer() {
            EffectivePolicy effective = EffectivePolicy.merge(Map.of(PolicyLevel.SERVER, policy));
            Evaluation evaluation = new RetentionEngine()
                    .evaluate(effective.policy(), new BranchHistory("main", line, offLine, protections, files), now);
            StringBuilder out = new StringBuilder();
            evaluation.verdicts().forEach(verdict -> write(verdict, out));
            evaluation.capUnmet().forEach(unmet -> {
                out.append("unmet ").append(unmet.cap()).append(": ").append(unmet.detail());
                unmet.versions().forEach(v -> out.append(' ').append(v.number()));
                out.append('\n');
            });
            return out.toString();
        }

        private static void write(Verdict verdict, StringBuilder out) {
            out.append(verdict.version().number()).append(verdict.expires() ? " EXPIRES\n" : " STAYS\n");
            verdict.protectedBy()
                    .forEach(p -> out.append("  protected by ")
                            .append(p.kind())
                            .append(' ')
                            .append(p.id())
                            .append('\n'));
            verdict.keptBy()
                    .forEach(k -> out.append("  kept by ")
                            .append(k.rule())
                            .append(k.bucket() == null ? "" : " " + k.bucket())
                            .append(k.rank() == null ? "" : " " + k.rank() + " of " + k.of())
                            .append('\n'));
            verdict.whyNot().forEach(why -> out.append("  not ").append(why).append('\n'));
            Departure goes = verdict.goes();
            if (goes != null) {
                out.append("  goes ").append(goes.at() == null ? "" : goes.at()).append('\n');
                goes.when().forEach(when -> out.append("    ").append(when).append('\n'));
            }
        }
    }
}
