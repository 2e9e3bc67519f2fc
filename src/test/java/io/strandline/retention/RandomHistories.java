package io.strandline.retention;

import io.strandline.snapshot.SnapshotId;
import io.strandline.snapshot.SnapshotKind;
import io.strandline.storage.Digest;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Seeded histories and policies: gaps, bursts, clock steps, damage, protections that end. */
final class RandomHistories {

    static final Instant NOW = Instant.parse("2026-10-25T03:20:00Z");

    private final Random random;

    RandomHistories(long seed) {
        this.random = new Random(seed);
    }

    BranchHistory history() {
        int size = random.nextInt(40);
        List<Candidate> line = new ArrayList<>();
        List<Candidate> offLine = new ArrayList<>();
        Map<SnapshotId, List<Protection>> protections = new HashMap<>();
        Instant time = NOW.plusSeconds(random.nextInt(600) - 300);
        for (int i = 0; i < size; i++) {
            time = time.minus(step());
            SnapshotKind kind = SnapshotKind.values()[random.nextInt(SnapshotKind.values().length)];
            SnapshotId id = new SnapshotId(new UUID(0x7000, size - i));
            Candidate version =
                    new Candidate(id, size - i, kind, time, random.nextInt(8) != 0, random.nextInt(4) == 0, labels());
            (random.nextInt(10) == 0 && !line.isEmpty() ? offLine : line).add(version);
            if (random.nextInt(6) == 0) {
                protections.put(id, List.of(protection()));
            }
        }
        if (!line.isEmpty()) {
            protections.put(
                    line.get(0).id(), List.of(new Protection(Protection.Kind.HEAD, "main", "head", null, null)));
        }
        return new BranchHistory("main", line, offLine, protections, files(line));
    }

    Protection protection() {
        Protection.Kind kind = random.nextBoolean() ? Protection.Kind.HOLD : Protection.Kind.TAG;
        Instant until = random.nextBoolean() ? null : NOW.plusSeconds(random.nextInt(200_000) - 100_000);
        return new Protection(kind, "p" + random.nextInt(100), "some reason", "ann", until);
    }

    RetentionPolicy policy() {
        return new RetentionPolicy(
                keep(), cap(), new RetentionPolicy.Floor(random.nextInt(4), random.nextInt(3)), zone(), null, null);
    }

    RetentionPolicy.Keep keep() {
        Set<SnapshotKind> kinds = EnumSet.noneOf(SnapshotKind.class);
        Arrays.stream(SnapshotKind.values())
                .filter(kind -> random.nextInt(5) == 0)
                .forEach(kinds::add);
        return new RetentionPolicy.Keep(
                maybe(random.nextInt(8)),
                maybe(Duration.ofMinutes(random.nextInt(3_000))),
                periods(),
                maybe(Set.of(random.nextBoolean() ? "env" : "env=prod", "team=ops")),
                maybe(kinds),
                maybe(random.nextInt(3)));
    }

    private RetentionPolicy.Cap cap() {
        return random.nextBoolean()
                ? RetentionPolicy.Cap.NONE
                : new RetentionPolicy.Cap(
                        maybe(Duration.ofHours(random.nextInt(200))), maybe(random.nextInt(12)), maybe((long)
                                random.nextInt(1_000)));
    }

    private Map<RetentionPolicy.Period, Integer> periods() {
        Map<RetentionPolicy.Period, Integer> places = new EnumMap<>(RetentionPolicy.Period.class);
        for (RetentionPolicy.Period period : RetentionPolicy.Period.values()) {
            if (random.nextInt(3) == 0) {
                places.put(period, random.nextInt(8));
            }
        }
        return places;
    }

    Map<String, String> labels() {
        return switch (random.nextInt(8)) {
            case 0 -> Map.of("env", "prod");
            case 1 -> Map.of("env", "test", "team", "ops");
            default -> Map.of();
        };
    }

    /** Runs that neighbours share, as versions do. */
    private Map<SnapshotId, List<BranchHistory.FileUse>> files(List<Candidate> line) {
        Map<SnapshotId, List<BranchHistory.FileUse>> files = new HashMap<>();
        List<BranchHistory.FileUse> runs = new ArrayList<>();
        for (int i = line.size() - 1; i >= 0; i--) {
            runs.removeIf(run -> random.nextInt(4) == 0);
            runs.add(new BranchHistory.FileUse(
                    new Digest("%064x".formatted(random.nextInt(1_000_000))), random.nextInt(100)));
            files.put(line.get(i).id(), List.copyOf(runs));
        }
        return files;
    }

    private ZoneId zone() {
        String[] zones = {"UTC", "Europe/Berlin", "Asia/Kolkata", "America/New_York"};
        return ZoneId.of(zones[random.nextInt(zones.length)]);
    }

    private Duration step() {
        return switch (random.nextInt(5)) {
            case 0 -> Duration.ofSeconds(random.nextInt(90));
            case 1 -> Duration.ofMinutes(random.nextInt(90));
            case 2 ->
                random.nextInt(6) == 0 ? Duration.ofDays(random.nextInt(200)) : Duration.ofHours(random.nextInt(30));
            case 3 -> Duration.ofMinutes(-random.nextInt(30));
            default -> Duration.ofMinutes(5);
        };
    }

    private <T> @Nullable T maybe(T value) {
        return random.nextBoolean() ? value : null;
    }

    int below(int bound) {
        return random.nextInt(bound);
    }
}
