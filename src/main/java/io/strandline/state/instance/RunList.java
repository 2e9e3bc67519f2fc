package io.strandline.state.instance;

import io.strandline.snapshot.KeyGroupRange;
import io.strandline.snapshot.Run;
import io.strandline.snapshot.StateContent;
import io.strandline.snapshot.StateSchema;
import io.strandline.state.IncompatibleStateException;
import io.strandline.state.RunReader;
import io.strandline.state.TimeToLive;
import io.strandline.state.run.RunView;
import io.strandline.state.table.TableUpkeep;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The runs of one state, oldest first: what the next version will hold of it. Guarded by the owner. */
final class RunList {

    private static final double MOST_CREDIT = 0.25;

    private final String operator;
    private final StateSchema schema;
    private final @Nullable RunView view;
    private final CompletableFuture<Void> opening;
    private List<ListedRun> runs;
    private double earned;
    private double credit;
    private volatile @Nullable TimeToLive ttl;

    /**
     * Begins with restored runs.
     *
     * @param opening completes when {@code view} shows them
     */
    RunList(
            String operator,
            StateSchema schema,
            @Nullable RunView view,
            CompletableFuture<Void> opening,
            List<Run> restored) {
        this.operator = operator;
        this.schema = schema;
        this.view = view;
        this.opening = opening;
        this.runs = new ArrayList<>(ListedRun.restored(restored));
    }

    String operator() {
        return operator;
    }

    StateSchema schema() {
        return schema;
    }

    /** Refuses another schema than the one this state was declared with first. */
    void requireSchema(StateSchema declared) {
        if (!schema.equals(declared)) {
            throw new IncompatibleStateException(operator, schema, declared);
        }
    }

    @Nullable
    RunView view() {
        return view;
    }

    /** Completes when reads see what was restored; fails when that cannot be opened. */
    CompletableFuture<Void> opening() {
        return opening;
    }

    /** Entries expire from now on. */
    void expires(TimeToLive timeToLive) {
        ttl = timeToLive;
    }

    /** The same entries as they are to be written, until {@code stopped}. */
    RunReader.Cursor written(RunReader.Cursor entries, BooleanSupplier stopped) {
        return new WrittenCursor(entries, ttl, stopped);
    }

    List<ListedRun> runs() {
        return Collections.unmodifiableList(runs);
    }

    /** Runs with entries in the given key groups. */
    List<Run> within(KeyGroupRange keyGroups) {
        return runs.stream()
                .map(ListedRun::run)
                .filter(run -> run.keyGroups().overlaps(keyGroups))
                .toList();
    }

    /** About how many keys have entries in the given key groups: of entries that lie over others, half are taken for updates. */
    long liveEntries(KeyGroupRange keyGroups) {
        boolean[] based = new boolean[keyGroups.last() + 1];
        double entries = 0;
        for (ListedRun listed : runs) {
            KeyGroupRange held = listed.run().keyGroups();
            for (int group = Math.max(held.first(), keyGroups.first());
                    group <= Math.min(held.last(), keyGroups.last());
                    group++) {
                entries += (based[group] ? 0.5 : 1) * listed.entriesPerKeyGroup();
                based[group] = true;
            }
        }
        return (long) entries;
    }

    void add(ListedRun run) {
        runs.add(run);
    }

    /** How many bytes may be rewritten: what flushes earned less what merges wrote. */
    double credit() {
        return credit;
    }

    /** Notes what a flush earned. */
    void earn(double bytes) {
        earned += bytes;
    }

    /**
     * Credits what flushes earned for a version. What earlier ones earned and nothing was worth spending on does not add up, and no
     * version, were it the first of a state that was filled at once, pays for more than a part of all.
     */
    void settle() {
        double most =
                MOST_CREDIT * runs.stream().mapToDouble(ListedRun::sizeBytes).sum();
        credit = Math.min(most, Math.min(credit, earned) + earned);
        earned = 0;
    }

    /** Takes the given key groups out of every run: a new base for them is about to be added. */
    void trim(KeyGroupRange keyGroups) {
        runs = runs.stream()
                .flatMap(listed -> outside(listed, keyGroups).stream())
                .collect(Collectors.toCollection(ArrayList::new));
    }

    private static List<ListedRun> outside(ListedRun listed, KeyGroupRange keyGroups) {
        KeyGroupRange held = listed.run().keyGroups();
        if (!held.overlaps(keyGroups)) {
            return List.of(listed);
        }
        List<ListedRun> rest = new ArrayList<>(2);
        if (held.first() < keyGroups.first()) {
            rest.add(listed.within(new KeyGroupRange(held.first(), keyGroups.first() - 1)));
        }
        if (held.last() > keyGroups.last()) {
            rest.add(listed.within(new KeyGroupRange(keyGroups.last() + 1, held.last())));
        }
        return rest;
    }

    /** Gives the table's spilled runs the number of the attempt that takes them in; returns the next free sequence. */
    int takeIn(TableUpkeep table, long number) {
        int sequence = 0;
        for (int i = 0; i < runs.size(); i++) {
            ListedRun listed = runs.get(i);
            ListedRun.Origin origin = listed.origin();
            if (origin != null && origin.table() == table && listed.run().number() == ListedRun.SPILLED) {
                runs.set(i, listed.numbered(number, sequence++));
            }
        }
        return sequence;
    }

    /**
     * Puts a merged run, or nothing, in the place of its inputs' entries in the plan's key groups, and charges it if it is a
     * rewritten base; false when the inputs are not in the list as they were.
     */
    boolean replace(MergePlan plan, Optional<ListedRun> merged) {
        List<Run> inputs = plan.inputs().stream().map(ListedRun::run).toList();
        List<Run> listed = runs.stream()
                .map(ListedRun::run)
                .filter(run -> run.keyGroups().overlaps(plan.keyGroups()))
                .toList();
        if (Collections.indexOfSubList(listed, inputs) < 0) {
            return false;
        }
        // a base goes to the front, where it does not lie between runs that a later merge could take together
        Run place = inputs.get(plan.includesOldest() ? 0 : inputs.size() - 1);
        List<ListedRun> replaced = new ArrayList<>(runs.size() + 2);
        for (ListedRun run : runs) {
            replaced.addAll(inputs.contains(run.run()) ? outside(run, plan.keyGroups()) : List.of(run));
            if (run.run().equals(place)) {
                merged.ifPresent(replaced::add);
            }
        }
        runs = replaced;
        if (plan.includesOldest()) {
            merged.ifPresent(run -> credit -= run.run().sizeBytes());
        }
        return true;
    }

    void replaceAll(UnaryOperator<ListedRun> change) {
        runs.replaceAll(change);
    }

    /** What version {@code number} holds. */
    StateContent upTo(long number) {
        return new StateContent(
                schema,
                runs.stream()
                        .filter(listed -> listed.isIn(number))
                        .map(ListedRun::run)
                        .toList());
    }

    /** Makes the chosen runs live and shows them to reads. */
    void publish(Predicate<ListedRun> chosen) throws IOException {
        Map<StagingArea, List<ListedRun.File>> files = new HashMap<>();
        for (ListedRun listed : runs) {
            ListedRun.File file = listed.file();
            if (file != null && !listed.live() && chosen.test(listed)) {
                files.computeIfAbsent(file.area(), area -> new ArrayList<>()).add(file);
            }
        }
        if (files.isEmpty()) {
            return;
        }
        Set<ListedRun.File> published = new HashSet<>();
        for (Map.Entry<StagingArea, List<ListedRun.File>> entry : files.entrySet()) {
            entry.getKey()
                    .publish(entry.getValue().stream()
                            .map(ListedRun.File::staged)
                            .distinct()
                            .toList());
            published.addAll(entry.getValue());
        }
        replaceAll(listed -> listed.file() != null && published.contains(listed.file()) ? listed.published() : listed);
        if (view != null) {
            show(view);
        }
    }

    private void show(RunView shown) throws IOException {
        List<ListedRun> live = runs.stream().filter(ListedRun::live).toList();
        shown.show(live.stream().map(ListedRun::run).toList());
        for (ListedRun listed : live) {
            ListedRun.Origin origin = listed.origin();
            if (origin != null) {
                origin.table().stored(origin.epoch());
            }
        }
    }
}
