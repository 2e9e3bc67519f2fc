package io.strandline.crash;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The order in which what happens to a version reaches the disk, as docs/trust.md promises it. */
final class CallOrder {

    private static final String BLOBS = "/blobs/sha256";
    private static final String JOURNAL = "/journal/segment-";

    private final List<SystemCall> calls;
    private final List<String> violations = new ArrayList<>();

    /** Of the calls made while one thing was done. */
    CallOrder(List<SystemCall> calls) {
        this.calls = calls;
    }

    /**
     * Blobs, their directory, manifest, its directory, journal entry, output: each durable before the next is begun.
     *
     * @param number the version's
     */
    List<String> ofCheckpoint(long number) {
        List<SystemCall> blobs = all(call -> call.links() && parent(call.to()).endsWith(BLOBS));
        SystemCall manifest = first(
                "the manifest gets its name", call -> call.links() && call.to().endsWith("/" + number + ".json"));
        SystemCall visible = first(
                "output becomes visible", call -> call.renames() && call.to().contains("/part-main-" + number + "-"));
        if (blobs.isEmpty() || manifest == null || visible == null) {
            violations.add("no checkpoint of version " + number + " with blobs, manifest and output");
            return violations;
        }
        for (SystemCall blob : blobs) {
            before(syncOf(blob.from()), blob, "the fsync of a blob before its name");
        }
        SystemCall last = blobs.get(blobs.size() - 1);
        between(last, call -> call.syncs() && call.to().endsWith(BLOBS), manifest, "the fsync of the blobs' directory");
        before(syncOf(manifest.from()), manifest, "the fsync of the manifest before its name");
        Predicate<SystemCall> folder = call -> call.syncs() && call.to().equals(parent(manifest.to()));
        SystemCall durable = between(manifest, folder, visible, "the fsync of the manifest's directory");
        between(
                durable == null ? manifest : durable,
                call -> call.syncs() && call.to().contains(JOURNAL),
                visible,
                "the fsync of the journal entry");
        SystemCall staged =
                first("output is staged", call -> call.renames() && call.to().equals(visible.from()));
        if (staged != null) {
            before(syncOf(staged.from()), staged, "the fsync of output before it is staged");
            between(
                    staged,
                    call -> call.syncs() && call.to().equals(parent(staged.to())),
                    manifest,
                    "the fsync of the directory of staged output");
        }
        after(visible, call -> call.syncs() && call.to().equals(parent(visible.to())), "the fsync of visible output");
        return violations;
    }

    /** The head moves in the journal before output is taken back. */
    List<String> ofRestore() {
        SystemCall withdrawn = first(
                "output is taken back", call -> call.renames() && call.to().contains("/.withdrawn/"));
        if (withdrawn != null) {
            before(journal(), withdrawn, "the journal's fsync before output is taken back");
            after(withdrawn, call -> call.syncs() && call.to().endsWith("/.withdrawn"), "the fsync of what was taken");
        }
        return violations;
    }

    /** The journal says that a version's files are given up before any of them goes. */
    List<String> ofExpiry(long number) {
        SystemCall manifest =
                first("the manifest goes", call -> call.unlinks() && call.to().endsWith("/" + number + ".json"));
        for (SystemCall gone :
                all(call -> (call.unlinks() || call.renames()) && call.from().contains(BLOBS + "/"))) {
            before(journal(), gone, "the journal's fsync before a blob goes");
        }
        if (manifest != null) {
            before(journal(), manifest, "the journal's fsync before the manifest goes");
        }
        return violations;
    }

    private Predicate<SystemCall> journal() {
        return call -> call.syncs() && call.to().contains(JOURNAL);
    }

    private Predicate<SystemCall> syncOf(String path) {
        return call -> call.syncs() && call.to().equals(path);
    }

    private List<SystemCall> all(Predicate<SystemCall> which) {
        return calls.stream().filter(which).toList();
    }

    private @Nullable SystemCall first(String what, Predicate<SystemCall> which) {
        Optional<SystemCall> found = calls.stream().filter(which).findFirst();
        if (found.isEmpty()) {
            violations.add("it is not seen that " + what);
        }
        return found.orElse(null);
    }

    private void before(Predicate<SystemCall> earlier, SystemCall later, String what) {
        if (calls.stream().noneMatch(call -> earlier.test(call) && call.endedBefore(later))) {
            violations.add(what + " is missing: " + later);
        }
    }

    private void after(SystemCall earlier, Predicate<SystemCall> later, String what) {
        if (calls.stream().noneMatch(call -> later.test(call) && earlier.endedBefore(call))) {
            violations.add(what + " is missing: " + earlier);
        }
    }

    private @Nullable SystemCall between(
            SystemCall earlier, Predicate<SystemCall> which, SystemCall later, String what) {
        Optional<SystemCall> found = calls.stream()
                .filter(call -> which.test(call) && earlier.endedBefore(call) && call.endedBefore(later))
                .findFirst();
        if (found.isEmpty()) {
            violations.add(what + " is missing between " + earlier + " and " + later);
        }
        return found.orElse(null);
    }

    private static String parent(String path) {
        return path.substring(0, Math.max(0, path.lastIndexOf('/')));
    }
}
