package io.strandline.state.instance;

import io.strandline.snapshot.KeyGroupRange;
import io.strandline.snapshot.OperatorContent;
import io.strandline.snapshot.Run;
import io.strandline.snapshot.StateContent;
import io.strandline.snapshot.StateSchema;
import io.strandline.state.InstanceState;
import io.strandline.state.StateCut;
import io.strandline.state.run.RunFiles;
import io.strandline.state.run.RunView;
import io.strandline.storage.Digest;
import io.strandline.storage.Pin;
import io.strandline.storage.SnapshotStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The run lists of all states of an instance: flushers add, a cut publishes and pins, a commit makes a cut the base of the next.
 * Guarded by its monitor.
 */
final class RunLists {

    private final SnapshotStore store;
    private final BackgroundWork background;
    private final double rewrite;
    private final RestoredRuns restored;
    private final Map<StateName, RunList> lists = new LinkedHashMap<>();
    private final List<Overtaken> overtaken = new ArrayList<>();
    private Set<Digest> named;
    private Pin namedPin;
    private @Nullable Cut open;
    private volatile long storedBytes;

    /**
     * Goes on from a version, whose files stay pinned until one of this instance is complete.
     *
     * @param rewrite bytes that merges may write for each byte flushed
     */
    RunLists(SnapshotStore store, BackgroundWork background, List<OperatorContent> restored, double rewrite)
            throws IOException {
        this.store = store;
        this.background = background;
        this.rewrite = rewrite;
        this.restored = new RestoredRuns(restored);
        this.named = this.restored.files();
        this.namedPin = store.pin(named);
    }

    /**
     * The list of a state, which begins with what the restored version holds of it.
     *
     * @param initial the words that a new entry starts with, and restored entries where columns were added
     * @param views makes a view for a list that has runs already, or nothing for a state that needs none; it is shown the runs in
     *     the background
     */
    synchronized RunList declare(
            String operator, StateSchema schema, long[] initial, Function<List<Run>, Optional<RunView>> views) {
        RunList known = lists.get(new StateName(operator, schema.name()));
        if (known != null) {
            known.requireSchema(schema);
            return known;
        }
        List<Run> runs = restored.of(operator, schema, initial);
        RunView view = views.apply(runs).orElse(null);
        CompletableFuture<Void> opening = view == null
                ? CompletableFuture.completedFuture(null)
                : CompletableFuture.runAsync(() -> background.run(() -> show(view, runs)), background.executor());
        RunList list = new RunList(operator, schema, awaited(view, opening), opening, runs);
        lists.put(new StateName(operator, schema.name()), list);
        return list;
    }

    /** The runs that the restored version has of a state, oldest first. */
    List<Run> restored(String operator, StateSchema schema, long[] initial) {
        return restored.of(operator, schema, initial);
    }

    /**
     * Adds what a flush wrote.
     *
     * @param number the attempt's, or {@link ListedRun#SPILLED}
     * @param base whether it stands for everything older in its key groups
     * @param written runs over neighbouring key groups
     * @param keyGroups the table's
     */
    synchronized void add(
            RunList list,
            long number,
            boolean base,
            List<RunOutput.Written> written,
            ListedRun.Origin origin,
            KeyGroupRange keyGroups) {
        if (base) {
            list.trim(keyGroups);
        }
        int sequence = number == ListedRun.SPILLED ? 0 : list.takeIn(origin.table(), number);
        for (RunOutput.Written run : written) {
            list.add(ListedRun.staged(run.labelled(number, sequence), origin, run.file()));
            list.earn(rewrite * run.staged().blob().sizeBytes());
        }
    }

    /** Notes the rows that attempt {@code number} overtook, which its cut lists and no other. */
    synchronized void overtaken(long number, InstanceState.InFlightRows rows, ListedRun.File file) {
        Run run = new Run(
                number, 0, rows.keyGroups(), rows.rows(), 0, file.staged().blob());
        overtaken.add(new Overtaken(new StateName(rows.operator(), rows.schema().name()), rows.schema(), run, file));
    }

    /** Puts a merged run, or nothing, in its inputs' place; false when they are no longer there. */
    synchronized boolean replace(RunList list, MergePlan plan, Optional<ListedRun> merged) {
        return list.replace(plan, merged);
    }

    /** The runs of a state that hold entries of the given key groups, all of them live. */
    synchronized List<Run> live(RunList list, KeyGroupRange keyGroups) throws IOException {
        list.publish(run -> true);
        return list.within(keyGroups);
    }

    /** Makes every run of a state live. */
    synchronized void publish(RunList list) throws IOException {
        list.publish(run -> true);
    }

    /** The runs of a state that hold entries of the given key groups. */
    synchronized List<Run> within(RunList list, KeyGroupRange keyGroups) {
        return list.within(keyGroups);
    }

    /** Number of entries in the runs over some key groups. */
    synchronized long entries(RunList list, KeyGroupRange keyGroups) {
        return list.within(keyGroups).stream().mapToLong(Run::entries).sum();
    }

    /** About how many keys have entries in the runs over some key groups. */
    synchronized long liveEntries(RunList list, KeyGroupRange keyGroups) {
        return list.liveEntries(keyGroups);
    }

    /** Bytes in the runs over some key groups. */
    synchronized long bytes(RunList list, KeyGroupRange keyGroups) {
        return list.within(keyGroups).stream()
                .mapToLong(run -> run.blob().sizeBytes())
                .sum();
    }

    /** Bytes of the files that the newest cut names. */
    long storedBytes() {
        return storedBytes;
    }

    /** Publishes and pins what version {@code number} holds. */
    synchronized StateCut cut(long number) throws IOException {
        Map<String, List<StateContent>> operators = new LinkedHashMap<>();
        Map<Digest, Long> sizes = new LinkedHashMap<>();
        Set<Label> labels = new HashSet<>();
        for (RunList list : lists.values()) {
            list.publish(run -> run.isIn(number));
            StateContent content = list.upTo(number);
            operators
                    .computeIfAbsent(list.operator(), name -> new ArrayList<>())
                    .add(content);
            for (Run run : content.runs()) {
                sizes.put(run.blob().digest(), run.sizeBytes());
                labels.add(Label.of(run));
            }
        }
        cutOvertaken(number, operators, sizes);
        closeCut();
        storedBytes = sizes.values().stream().mapToLong(Long::longValue).sum();
        open = new Cut(number, Set.copyOf(sizes.keySet()), labels, store.pin(sizes.keySet()));
        long newBytes = sizes.entrySet().stream()
                .filter(file -> !named.contains(file.getKey()))
                .mapToLong(Map.Entry::getValue)
                .sum();
        return new StateCut(operators, newBytes);
    }

    private void cutOvertaken(long number, Map<String, List<StateContent>> operators, Map<Digest, Long> sizes)
            throws IOException {
        Map<StateName, List<Overtaken>> byState =
                new TreeMap<>(Comparator.comparing(StateName::operator).thenComparing(StateName::state));
        for (Overtaken rows : overtaken) {
            if (rows.run.number() == number) {
                rows.file.area().publish(List.of(rows.file.staged()));
                byState.computeIfAbsent(rows.state, any -> new ArrayList<>()).add(rows);
                sizes.put(rows.run.blob().digest(), rows.run.blob().sizeBytes());
            }
        }
        byState.forEach((state, rows) -> operators
                .computeIfAbsent(state.operator, name -> new ArrayList<>())
                .add(new StateContent(
                        rows.get(0).schema,
                        rows.stream()
                                .map(Overtaken::run)
                                .sorted(Comparator.comparing(
                                        run -> run.keyGroups().first()))
                                .toList())));
    }

    /** The cut is a version; returns the files it names. */
    synchronized Set<Digest> committed(long number) {
        Cut cut = open;
        if (cut == null || cut.number != number) {
            throw new IllegalStateException("attempt " + number + " was not cut");
        }
        namedPin.close();
        namedPin = cut.pin;
        named = cut.files;
        open = null;
        overtaken.removeIf(rows -> rows.run.number() <= number);
        for (RunList list : lists.values()) {
            list.replaceAll(
                    listed -> listed.live() && cut.runs.contains(Label.of(listed.run())) ? listed.named() : listed);
            list.settle();
        }
        return named;
    }

    /** There will be no version of this number. */
    synchronized void aborted(long number) {
        overtaken.removeIf(rows -> rows.run.number() <= number);
        if (open != null && open.number == number) {
            closeCut();
        }
    }

    /** Areas with listed runs that no completed version names yet: only the area keeps such a run's file. */
    synchronized Set<StagingArea> areasInUse() {
        Set<StagingArea> areas = new HashSet<>();
        for (RunList list : lists.values()) {
            for (ListedRun listed : list.runs()) {
                ListedRun.File file = listed.file();
                if (file != null) {
                    areas.add(file.area());
                }
            }
        }
        return areas;
    }

    /** Whether nothing needs to be written any more. */
    boolean isClosed() {
        return background.isClosed();
    }

    /** All lists. */
    synchronized List<RunList> all() {
        return List.copyOf(lists.values());
    }

    /** Asks something about lists while nobody changes them. */
    synchronized <T> T locked(Supplier<T> question) {
        return question.get();
    }

    /** Closes the views and lets go of all files. */
    synchronized void close() throws IOException {
        closeCut();
        namedPin.close();
        RunFiles.closeAll(lists.values().stream()
                .map(RunList::view)
                .filter(Objects::nonNull)
                .toList());
    }

    private void closeCut() {
        if (open != null) {
            open.pin.close();
            open = null;
        }
    }

    private static @Nullable RunView awaited(@Nullable RunView view, CompletableFuture<Void> opening) {
        return view == null ? null : new AwaitedView(view, opening);
    }

    private static boolean show(RunView view, List<Run> runs) {
        try {
            view.show(runs);
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Names a state of the instance. */
    private record StateName(String operator, String state) {}

    /** Rows that an attempt overtook. */
    private record Overtaken(StateName state, StateSchema schema, Run run, ListedRun.File file) {}

    /** An attempt that was cut and is neither committed nor aborted. */
    private record Cut(long number, Set<Digest> files, Set<Label> runs, Pin pin) {}

    /**
     * Tells the runs of a cut from others, whatever part of them is listed since: a merged one has another file, and one that was
     * flushed since has another number, even if the same was written once more.
     */
    private record Label(long number, int sequence, Digest file) {

        static Label of(Run run) {
            return new Label(run.number(), run.sequence(), run.blob().digest());
        }
    }
}
