package io.strandline.crash;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A call that {@code strace -f -ttt -y} has seen succeed.
 *
 * @param begun place in the trace where it was made
 * @param ended place where it returned
 * @param at seconds since 1970 when it was made
 * @param name such as {@code fsync}
 * @param paths of the files it names, in order
 */
record SystemCall(int begun, int ended, double at, String name, List<String> paths) {

    private static final Pattern WHOLE = Pattern.compile("(\\d+) +([0-9.]+) (\\w+)\\((.*)\\) += (-?\\d+).*");
    private static final Pattern UNFINISHED = Pattern.compile("(\\d+) +([0-9.]+) (\\w+)\\((.*) <unfinished \\.\\.\\.>");
    private static final Pattern RESUMED =
            Pattern.compile("(\\d+) +([0-9.]+) <\\.\\.\\. (\\w+) resumed>(.*)\\) += (-?\\d+).*");
    private static final Pattern PATH = Pattern.compile("\"([^\"]*)\"|\\d+<([^>]*)>");

    SystemCall {
        paths = List.copyOf(paths);
    }

    /** The calls of a trace, by the time they were made; those that failed are left out. */
    static List<SystemCall> parse(List<String> lines) {
        List<SystemCall> calls = new ArrayList<>();
        Map<String, SystemCall> open = new HashMap<>();
        for (int i = 0; i < lines.size(); i++) {
            Matcher whole = WHOLE.matcher(lines.get(i));
            Matcher unfinished = UNFINISHED.matcher(lines.get(i));
            Matcher resumed = RESUMED.matcher(lines.get(i));
            if (resumed.matches()) {
                SystemCall begun = open.remove(resumed.group(1) + resumed.group(3));
                if (begun != null && !resumed.group(5).startsWith("-")) {
                    calls.add(new SystemCall(begun.begun(), i, begun.at(), begun.name(), begun.paths()));
                }
            } else if (unfinished.matches()) {
                open.put(unfinished.group(1) + unfinished.group(3), call(unfinished, i));
            } else if (whole.matches() && !whole.group(5).startsWith("-")) {
                calls.add(call(whole, i));
            }
        }
        calls.sort((one, other) -> Integer.compare(one.begun(), other.begun()));
        return calls;
    }

    private static SystemCall call(Matcher line, int place) {
        List<String> paths = new ArrayList<>();
        Matcher path = PATH.matcher(line.group(4));
        while (path.find()) {
            paths.add(path.group(1) == null ? path.group(2) : path.group(1));
        }
        return new SystemCall(place, place, Double.parseDouble(line.group(2)), line.group(3), paths);
    }

    /** Whether it makes a file, or the names in a directory, durable. */
    boolean syncs() {
        return name.equals("fsync") || name.equals("fdatasync");
    }

    boolean links() {
        return name.startsWith("link");
    }

    boolean renames() {
        return name.startsWith("rename");
    }

    boolean unlinks() {
        return name.startsWith("unlink");
    }

    /** The only path, or where the name came from. */
    String from() {
        return paths.get(0);
    }

    /** The only path, or the new name. */
    String to() {
        return paths.get(paths.size() - 1);
    }

    boolean endedBefore(SystemCall later) {
        return ended < later.begun;
    }
}
