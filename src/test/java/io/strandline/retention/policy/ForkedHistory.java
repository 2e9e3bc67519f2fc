package io.strandline.retention.policy;

import io.strandline.catalog.Hold;
import io.strandline.catalog.Job;
import io.strandline.catalog.Policy;
import io.strandline.catalog.Snapshot;
import io.strandline.catalog.Snapshot.Condition;
import io.strandline.catalog.Snapshot.State;
import io.strandline.retention.MemoryWorld;
import io.strandline.retention.SettableClock;
import io.strandline.retention.VersionRows;
import io.strandline.snapshot.SnapshotId;
import io.strandline.snapshot.SnapshotKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * A seeded history of a job: checkpoints on several branches, forks, rollbacks, deleted branches, tags, holds, versions in the
 * trash and tombstones, and policies at every level; both as plain values and in a world the real parts read.
 */
final class ForkedHistory {

    static final List<String> LEVELS = List.of("server", "job", "main", "fork-1", "fork-2", "fork-3");

    final SettableClock clock = new SettableClock();
    final MemoryWorld world = new MemoryWorld(clock);
    final Job job = world.addJob("flights");
    /** By number. */
    final Map<Long, Snapshot> versions = new TreeMap<>();

    final Map<String, Long> heads = new LinkedHashMap<>();
    /** When what protects a version ends, null for never; by number. */
    final Map<Long, List<@Nullable Instant>> protectedUntil = new HashMap<>();

    final Map<String, Map<String, Object>> policies = new HashMap<>();
    final Instant now;
    private final Random random;

    ForkedHistory(long seed) {
        this.random = new Random(seed);
        heads.put("main", 0L);
        Instant time = clock.instant();
        int steps = random.nextInt(35);
        for (long number = 1; number <= steps; number++) {
            time = time.plus(Duration.ofMinutes(random.nextInt(5) == 0 ? random.nextInt(9_000) : random.nextInt(90)));
            step(number, time);
        }
        this.now = time.plusSeconds(random.nextInt(5_000));
        clock.pass(Duration.between(clock.instant(), now));
        heads.forEach((branch, head) -> {
            if (head > 0) {
                world.moveHead(job, branch, versions.get(head));
            }
        });
        protections();
        LEVELS.forEach(this::policy);
    }

    private void step(long number, Instant time) {
        String branch = pick(List.copyOf(heads.keySet()));
        long head = heads.get(branch);
        switch (random.nextInt(12)) {
            case 0 -> {
                if (head > 0 && heads.size() < 4 && !heads.containsKey("fork-" + heads.size())) {
                    heads.put("fork-" + heads.size(), pick(List.copyOf(versions.keySet())));
                }
            }
            case 1 -> {
                Long parent = head == 0 ? null : number(versions.get(head).parent());
                if (parent != null) {
                    heads.put(branch, parent);
                }
            }
            case 2 -> {
                if (!branch.equals("main")) {
                    heads.remove(branch);
                }
            }
            default -> {
                add(number, branch, head, time);
                heads.put(branch, number);
            }
        }
    }

    private void add(long number, String branch, long head, Instant time) {
        SnapshotKind kind = SnapshotKind.values()[random.nextInt(SnapshotKind.values().length)];
        Map<String, String> labels = random.nextInt(5) == 0 ? Map.of("env", pick(List.of("prod", "test"))) : Map.of();
        Condition condition = random.nextInt(10) == 0 ? Condition.DAMAGED : Condition.OK;
        Snapshot version = VersionRows.onBranch(
                id(number),
                job,
                branch,
                new VersionRows.Attempt(number, kind, head == 0 ? null : id(head), time),
                labels);
        version = VersionRows.with(version, State.COMPLETED, condition, null);
        versions.put(number, version);
        world.put(version);
    }

    private void protections() {
        for (Snapshot version : List.copyOf(versions.values())) {
            boolean head = heads.containsValue(version.number());
            if (random.nextInt(8) == 0) {
                protect(version, random.nextBoolean() ? null : now.plusSeconds(random.nextInt(4_000) - 2_000));
            } else if (!head && random.nextInt(6) == 0) {
                Snapshot gone = VersionRows.with(
                        version, random.nextBoolean() ? State.TRASHED : State.PURGED, version.condition(), null);
                versions.put(version.number(), gone);
                world.put(gone);
            }
        }
    }

    /** Puts a tag or hold on a version. */
    void protect(Snapshot version, @Nullable Instant until) {
        String name = "p" + version.number() + "-" + protectedUntil.size();
        if (random.nextBoolean()) {
            world.addTag(name, version, until);
        } else {
            world.addHold(name, version, Hold.Kind.USER, until);
        }
        protectedUntil
                .computeIfAbsent(version.number(), any -> new ArrayList<>())
                .add(until);
    }

    /** What an applied plan does. */
    void trash(Snapshot version) {
        Snapshot gone = VersionRows.with(version, State.TRASHED, version.condition(), null);
        versions.put(version.number(), gone);
        world.put(gone);
    }

    private void policy(String level) {
        if (random.nextInt(3) == 0) {
            return;
        }
        Map<String, Object> keep = new LinkedHashMap<>();
        for (String count : List.of("last", "hourly", "daily", "weekly", "monthly", "yearly", "oldest")) {
            maybe(keep, count, random.nextInt(6));
        }
        maybe(keep, "within", "PT" + random.nextInt(300) + "M");
        maybe(keep, "labels", List.of(pick(List.of("env", "env=prod"))));
        maybe(keep, "kinds", List.of(pick(List.of("MANUAL", "PERIODIC", "SAFETY"))));
        Map<String, Object> cap = new LinkedHashMap<>();
        maybe(cap, "maxAge", "PT" + random.nextInt(900) + "H");
        maybe(cap, "maxCount", random.nextInt(10));
        Map<String, Object> floor = new LinkedHashMap<>();
        maybe(floor, "minCount", random.nextInt(4));
        Map<String, Object> policy = new LinkedHashMap<>(Map.of("keep", keep, "cap", cap, "floor", floor));
        maybe(policy, "timeZone", pick(List.of("UTC", "Europe/Berlin", "America/New_York")));
        save(level, policy);
    }

    /** Saves a policy at a level: the server's, the job's or a branch's. */
    void save(String level, Map<String, Object> policy) {
        policies.put(level, policy);
        Policy.Owner owner = switch (level) {
            case "server" -> Policy.Owner.SERVER;
            case "job" -> Policy.Owner.job(job.id());
            default -> Policy.Owner.branch(job.id(), level);
        };
        String document = JsonMapper.shared().writeValueAsString(policy);
        world.save(new Policy(owner.jobId(), owner.branch(), document, 1, now, "ann"));
    }

    private void maybe(Map<String, Object> fields, String name, Object value) {
        switch (random.nextInt(8)) {
            case 0 -> fields.put(name, null);
            case 1, 2 -> fields.put(name, value);
            default -> {}
        }
    }

    private <T> T pick(List<T> some) {
        return some.get(random.nextInt(some.size()));
    }

    static SnapshotId id(long number) {
        return new SnapshotId(new UUID(0x7000L, number));
    }

    static @Nullable Long number(@Nullable SnapshotId id) {
        return id == null ? null : UUID.fromString(id.toString()).getLeastSignificantBits();
    }
}
